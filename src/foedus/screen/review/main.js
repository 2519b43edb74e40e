// Asks for the claims and opens the screen.

import { byId } from "../kit/element.js";
import { wearTheme } from "../kit/theme.js";
import { App } from "./app.js";
import { kept } from "./kept.js";
import { call } from "./server.js";

wearTheme(kept.get("theme"));
call("overview").then((overview) => new App(overview), (error) => { byId("alert").textContent = error.message; });
