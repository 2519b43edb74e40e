// Claims as the server of a review tells them (`foedus.review.desk`).

/** A claim as a row of the list. */
export interface Summary {
  id: string;
  version: number;
  status: Status;
  ctype: string;
  group: string;
  text: string;
  source: string;
  origin: string;
  published: string | null;
  grade: string;
  figure: string;
  number: boolean;
  relevance: string;
  hedge: string;
  commitment: string;
  moves: number;
  start: number | null;
  conflict: boolean;
  document: number | null;
  /** What is searched, in small letters; put together when it is first searched. */
  hay?: string;
}

export type Status = "proposed" | "accepted" | "edited" | "rejected";

export interface Span { start?: number; end?: number; text?: string }

/** Words of a document that a claim names. */
export interface Cue { text: string; start?: number; end?: number }

/** A claim as the ledger has it; what is empty is left out. */
export interface Claim {
  id: string;
  status: Status;
  ctype: string;
  modality: string;
  polarity: "+" | "-" | "0";
  region: string;
  relevance: number;
  commitment?: string;
  paraphrase: string;
  group: string;
  origin: string;
  grade: string;
  graded_because: string;
  quantity?: Span & { kind: string; qualifier: string; value: number | null; low: number | null; high: number | null; unit: string; loose?: boolean };
  source: Span & { canonical: string; type: string; mode: string; cue?: string; cue_span?: Cue; link?: string };
  hedge: { class: string; cues?: Cue[] };
  time?: Span & { kind: string; value: string | null };
  published?: string;
  published_how?: string;
  actor?: string;
  target?: string;
  systems?: string[];
  derived_from?: string[];
  rules?: string[];
  document?: { sha256: string; title: string; published?: string; url?: string; file?: string };
  span_sha256?: string;
  question?: string;
  probability?: [low: number, high: number];
  yardstick?: string;
  url?: string;
  note?: string;
  start?: number;
  end?: number;
}

export interface Occurred {
  number: number;
  when: string;
  who: string;
  why: string;
  action: string;
  changes: [key: string, old: unknown, now: unknown][];
}

export interface Pool {
  unit: string;
  axis: number[];
  isLogarithmic: boolean;
  masses: number[];
  low: number;
  median: number;
  high: number;
  words: string[];
  origins: number;
  broad: number;
  none: number;
  notes: string[];
  steps: { claims: string[]; what: string; words: string[] }[];
}

export type Role = "counts" | "waiting" | "rejected" | "superseded" | "left out";

export interface PoolKernel {
  id: string;
  source: string;
  published: string | null;
  figure: string;
  low: number;
  high: number;
  weight: number;
  role: Role;
  status: Status;
  why: string;
}

export interface Belief {
  points: [date: string, probability: number, claim: string][];
  probability: number;
}

export interface Group {
  name: string;
  why: string;
  pool: Pool | null;
  kernels: PoolKernel[];
  conflicts: [string, string][];
  belief: Belief | null;
  pairs: number;
  quotes: Record<string, string>;
  uses: { parameter: string; label: string }[];
}

export interface Details {
  claim: Claim;
  version: number;
  quote: string | null;
  absent: string;
  hedge: { low: number; high: number; because: string };
  record: { words: string; letters: Record<string, number>; offered: string | null };
  events: Occurred[];
  group: Group;
}

/** Words of a document that are to become a claim: its digest, from a character to another. */
export type Selection = [sha256: string, start: number, end: number];
/** What a form is about: a claim with its details, or the draft of a new one. */
export type Formed = { claim: Claim; span?: Selection };

export interface Report { sha256: string; title: string; published: string | null; file?: string; place: number }

export interface Overview {
  case: string;
  who: string;
  last: number;
  vocabulary: Record<string, string[]>;
  editable: string[];
  claims: Summary[];
  documents: Report[];
  groups: string[];
}

export interface Home { group: string; unit: string; factor: number | null; shared: string[]; carries: boolean }
export interface Homes { homes: Home[]; units: Record<string, string> }

export interface News { last: number; changed: Summary[]; gone: string[] }
export interface Outcome extends News { isNew: boolean; isMany: boolean; count: number; details: Details | null; undone?: string }

/** A part of a document, its text in stretches, each with the claims that cover it. */
export interface Shown {
  sha256: string;
  segments: [text: string, start: number, end: number, ids: string[]][];
  start: number;
  end: number;
  total: number;
  refused: { id: string; why: string }[];
}

/** Why a document is not at hand. */
export interface Absent { sha256: string; segments: null; why: string; help: string; refused: [] }

export type Passage = Shown | Absent;

/** A stretch of the document with the node that shows it. */
export interface Piece { start: number; end: number; characters: string[]; node: Text }

/** What was typed into a form, by field. */
export type Typed = Record<string, string>;

export interface DecideOptions {
  typed?: Typed;
  isThenNext?: boolean;
  claims?: Record<string, number>;
  span?: Selection;
}

export interface FormOptions {
  vocabulary: Record<string, string[]>;
  editable: string[];
  groups: string[];
  onSave: (typed: Typed, time: number) => void;
  onCancel: () => void;
}

export interface PlaceOptions {
  groups: string[];
  onPlace: (typed: Typed, time: number) => void;
  onCancel: () => void;
}
