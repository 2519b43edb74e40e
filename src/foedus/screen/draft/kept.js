// What the browser keeps of this page.

import { Kept } from "../kit/kept.js";

export const kept = new Kept("foedus-draft-");
