// The server of this page.

import { caller } from "../kit/call.js";
import { TEXTS } from "./texts.js";

export const call = caller(TEXTS.offline);
