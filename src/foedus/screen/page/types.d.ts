// What a page says of a case (`foedus.page.content` writes it), and what a reader chooses.

import type { Plan, ToWorker, World } from "../engine/types.d.ts";
import type { Answer, Bands, PartingRules, Smallest, StateBand } from "../statistics/types.d.ts";
import type { App } from "./app.js";
import type { Findings } from "./findings.js";
import type { FutureRun } from "./future_run.js";

declare global {
  interface Window {
    foedus: App;
  }
}

export interface Lever {
  name: string;
  label: string;
  unit: string;
  unitWords: string;
  /** Its name in a word or two. */
  called: string;
  /** Is it shown at once? */
  isFirst: boolean;
  group: string;
  low: number;
  high: number;
  default: number | null;
  claims: string | null;
  positions: { name: string; value: number | null }[];
  because: string;
  slot: number;
  scale: number;
}

export interface Parameter {
  name: string;
  label: string;
  unit: string;
  unitWords: string;
  prior: string;
  low: number;
  median: number;
  high: number;
  assumed: boolean;
  because: string;
  group: string;
  conflict: string;
  steps: object[];
  fitted: boolean;
  slot: number;
  scale: number;
  isLever: boolean;
  origins: number | null;
  claims: string[];
  curve: number[];
  calibrated?: string;
}

export interface Question {
  name: string;
  ask: string;
  /** Its short name, where the case gives one. */
  called: string;
  /** Is it one that the case was asked? */
  isAsked: boolean;
  /** How far its chance moves over the assumptions, and how far the difference does, by scenario of the case. */
  spread: Record<string, string>;
  reach: Record<string, string>;
  badge: string;
  kind: string;
  unit: string;
  unitWords: string;
  isDate: boolean;
  last: number;
  partedBy: number[];
  /** Uncertain parameters from which nothing in the model leads to the answer. */
  idle: string[];
  isMixed: boolean;
  experts: Expert[];
  /** Day and answer of each edition that asked the same, the oldest first and this one last; empty where none did. */
  history: [string, string][];
}

export interface Expert {
  claim: string;
  low: number;
  high: number;
  word: string;
}

export interface Claim {
  id: string;
  paraphrase: string;
  source: string;
  origin: string;
  grade: string;
  reliability: number;
  hedge: string;
  published: string;
  url?: string;
  sha256?: string;
  title?: string;
  start?: number;
  end?: number;
  quote?: string;
}

export interface Series {
  label: string;
  dates: string[];
  values: number[];
}

export interface Chart {
  name: string;
  label: string;
  unit: string;
  chart: string;
  saved: number;
  observed: Series[];
}

/** An event, a stage of a treaty or an option of a decision, by the report that holds its first time. */
export interface Happening {
  slot: number;
  kind: string;
  name: string;
  label: string;
  stage: string;
  worlds: string[];
}

/** Something that the model names, the statement that declares it, and what it reads. */
export interface Part {
  kind: string;
  label: string;
  unit: string;
  because: string;
  statement: number;
  reads: string[];
}

export interface Model {
  parts: Record<string, Part>;
  questions: Record<string, { statement: number; reads: string[] }>;
  statements: [line: number | string, text: string][];
}

export interface Content {
  case: string;
  given: string;
  title: string;
  asOf: string | null;
  madeOn: string;
  /** Under which its numbers leave, in words. */
  licence: string;
  /** Over what ranges are told, in words, and on how many futures. */
  overWhat: string;
  fewFutures: string;
  futures: number;
  horizon: string;
  timeUnit: string;
  dates: string[];
  levers: Lever[];
  parameters: Parameter[];
  questions: Question[];
  parting: PartingRules;
  claims: Record<string, Claim>;
  charts: Chart[];
  happenings: Happening[];
  worlds: World[];
  model: Model;
  yardstick: [upper: number, word: string][];
  limits: string;
  diagram: string;
  structure: { stocks: number; flows: number; futures: number };
  moves: Smallest;
  fewFailed: number;
  overrides: string[];
  told: Record<string, string>;
  setBy: Record<string, { sets: number[]; maySet: number[] }>;
  digests: Record<string, string>;
  version: string;
}

/** What the reader has chosen; what is not named stands as scenario and model have it. */
export interface Choice {
  scenario: string;
  levers: Record<string, number>;
  parameters: Record<string, number>;
}

export interface Pin {
  name: string;
  choice: Choice;
}

/** Answers by the name of their question. */
export type Answered = Record<string, Answer>;

/** One column of the table that compares: the baseline, what is on the screen, a pinned scenario. */
export interface Column {
  id: string;
  name: string;
  answers: Answered | null;
  bands: Bands | null;
  states: (question: Question) => StateBand[];
  isPin?: boolean;
  place?: number;
  colour?: string;
}

/** A counted fault in the names, dates and units of the model. */
export interface NamedFault {
  kind: string;
  name: string;
  status: string;
  unit: string;
  value: number;
  date: string;
  count: number;
  runs: string[];
}

export interface Failures {
  count: number;
  share: number;
  rows: NamedFault[];
}

/** A view of the panel: what it shows is asked for anew when new numbers are there. */
export interface View {
  title: string;
  parts: () => (Shown | Shown[])[];
  isLive?: boolean;
}
export type Shown = Node | string | null | undefined | false | Shown[];

/** A time stamp of what the reader did, null where nobody waits for an answer. */
export type Moment = number | null;

/** What a change is about: a lever or a parameter. */
export type Target = Lever | Parameter;

/** Draws by the name of their parameter, and of how many futures. */
export type OnFound = (rows: Map<string, Float64Array>, count: number) => void;

/** A message that waits for a worker. */
export interface Errand {
  message: ToWorker;
  transfer?: Transferable[];
}

export interface ScheduleOptions {
  plan: Plan;
  code: string;
  seed: string;
  target: number;
  size: number;
  firsts: number[];
  worlds: World[];
  keeps: number;
  onStage: (run: FutureRun) => void;
  onDigest: (hex: string) => void;
  onFailure: (message: string) => void;
}

/** Draws that have been asked for, and who waits for them until every worker has answered. */
export interface Drawn {
  rows: Map<string, Float64Array>;
  waiting: OnFound[];
  missing: number;
  count: number;
}

/** A run whose results the digest goes through, under the name of its scenario. */
export interface Link {
  name: string;
  run: FutureRun;
}

export type ShownPin = Pin & { place: number; colour: string; run: FutureRun };

export type NumberedHappening = Happening & { number: number };

/** What the way from a number to what it rests on asks of the run on the screen. */
export interface Current {
  answer: (name: string) => Answer | undefined;
  states: (question: Question) => StateBand[];
  rest: (answer: Answer) => string;
  values: (name: string) => { values: ArrayLike<number>; statuses: Int8Array; done: number };
  drawn: (onFound: OnFound) => void;
  isFixed: (name: string) => boolean;
  save: (what: string, name: string) => void;
}

/** The parts of an answer's row. */
export interface AnswerRow {
  question: Question;
  row: HTMLElement;
  isSeen: boolean;
  label: HTMLElement;
  big: HTMLElement;
  error: HTMLElement;
  rest: HTMLElement;
  states: HTMLElement | null;
  words: HTMLElement;
  change: HTMLElement;
  bar: HTMLElement;
  reach: HTMLElement;
  tick: HTMLElement;
  /** The widest range that its bar has shown. */
  span?: number[];
}

/** What a run says, on as many futures as it and the baseline (`before`, null where it is the baseline itself) have come to. */
export interface Finding {
  run: FutureRun;
  before: FutureRun | null;
  count: number;
  answers: Answered;
  /** What the baseline says of them. */
  first: Answered | null;
  failures: Failures;
  /** The share that fails in the baseline. */
  failedBefore: number | null;
}

/** Whose numbers are on the screen: a scenario in words, of how many futures, and the command that gives the same bits. */
export interface Stands {
  scenario: string;
  count: number;
  seed: string;
  command: string;
}

/** What the parts of the page can do, and ask. */
export interface Acts {
  seed: string;
  target: number;
  choose: (choice: Choice, time: Moment) => void;
  move: (name: string, value: number | null, time: Moment) => void;
  fix: (name: string, value: number | null, time: Moment) => void;
  rename: (place: number, name: string) => void;
  unpin: (place: number) => void;
  openPin: (place: number, time: Moment) => void;
  findings: () => Findings;
  drawn: (onFound: OnFound) => void;
  isFixed: (name: string) => boolean;
  /** Does the reader rest? */
  isQuiet: () => boolean;
  /** Is this the run of what the reader has chosen last? */
  isLatest: (run: FutureRun) => boolean;
  /** The command that gives the same bits. */
  command: () => string;
  /** Take a file: of everything, or of one chart or question. */
  save: (what: string, name?: string) => void;
}

/** A lever as it is drawn. */
export interface LeverRow {
  lever: Lever;
  prior: Parameter | undefined;
  input: HTMLInputElement;
  shown: HTMLOutputElement;
  positions: HTMLButtonElement[];
  row: HTMLElement;
  state: HTMLElement;
}
