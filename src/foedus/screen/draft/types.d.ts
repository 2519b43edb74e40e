// A draft as its server tells it (`foedus.draft.screen.picture`).

export type State = "slot" | "left" | "ahead";

export interface Claim {
  id: string;
  figure: string;
  counted: string;
  words: string;
  source: string;
  published: string | null;
  home: Place | null;
  by_hand: boolean;
  state: State;
  why: string;
  /** By mechanism, the slots that take its figure. */
  fits: Record<string, string[]>;
}

/** A slot of a mechanism. */
export type Place = [mechanism: string, slot: string];

export interface Slot {
  slot: string;
  label: string;
  unit: string;
  kind: "default" | "derived" | "judgement" | "round" | "unused" | "claims";
  because: string;
  claims: string[];
}

export interface Part {
  mechanism: string;
  alias: string;
  title: string;
  source: string;
  not_for: string;
  words: string[];
  is_added: boolean;
  slots: Slot[];
}

export interface Mechanism { mechanism: string; title: string }

export interface Asked { key: string; text: string; options: string[]; taken: number }

export interface Made { folder: string; rests_on: string }

export interface Draft {
  name: string;
  target: string;
  title: string;
  as_of: string;
  documents: string[];
  late: string[];
  weeks: number;
  claims: Claim[];
  without_figure: number;
  parts: Part[];
  left_out: (Mechanism & { why: string })[];
  shelf: Mechanism[];
  asked: Asked[];
  questions: string[];
  scenarios: string[];
  can_undo: boolean;
  made: Made | null;
}

/** What can be done on the page. */
export interface Acts {
  put: (claim: string, mechanism: string, slot: string) => void;
  takeOut: (claim: string) => void;
  add: (one: Mechanism) => void;
  leaveOut: (one: Mechanism) => void;
  answer: (key: string, taken: number, option: string) => void;
  choose: (claim: Claim) => void;
  mark: (id: string) => void;
  show: (id: string) => void;
}
