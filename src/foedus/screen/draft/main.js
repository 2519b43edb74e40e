// Asks for the draft and opens the page.

import { byId } from "../kit/element.js";
import { wearTheme } from "../kit/theme.js";
import { App } from "./app.js";
import { kept } from "./kept.js";
import { call } from "./server.js";

wearTheme(kept.get("theme"));
call("overview").then((draft) => new App(draft), (error) => { byId("alert").textContent = error.message; });
