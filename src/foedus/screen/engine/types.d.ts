// What engine and screen know of a program (`foedus.page.plan` writes it), and what workers and screen say to one another.

/** What a scenario sets: the number of a parameter or of an override (the other is -1), in base units, from a step until another; what holds outside, null as the model has it. */
export type Setting = [parameter: number, override: number, value: number, start: number, end: number, outside: number | null];

export type Law =
  | { family: "normal"; mean: number; sd: number }
  | { family: "lognormal" | "logitnormal"; mu: number; sigma: number }
  | { family: "uniform"; low: number; high: number }
  | { family: "triangular"; low: number; mode: number; high: number }
  | { family: "exponential"; mean: number }
  | { family: "scaled"; inner: Law; factor: number }
  | { family: "truncated"; inner: Law; below: number; above: number; low: number | null; high: number | null }
  | { family: "discrete"; values: Float64Array; risen: Float64Array }
  | { family: "spiked"; inner: Law; weight: number; values: Float64Array; below: Float64Array; above: Float64Array; lumped: Float64Array }
  | { family: "table"; table: Float64Array };

export interface PlanParameter {
  name: string;
  scale: number;
  law?: Law;
  value?: number;
  drawn?: boolean;
}

export interface Scenario {
  name: string;
  label: string;
  changes: string[];
  settings: Setting[];
  sets: number[];
  maySet: number[];
}

export interface Columns {
  table: Float64Array;
  rows: number;
  width: number;
  overrides: number;
  nodes: [value: number, operation: string, read: number | number[]][];
  outputs: [value: number, position: number][];
  given: [value: number, column: Float64Array][];
  conditions: number[];
}

export interface Correlated {
  members: number[];
  factor: number[][];
}

export interface Joint {
  chains: number;
  members: number;
  single: boolean;
  values: [parameter: number, members: Float64Array][];
}

export type FaultCheck = [kind: string, name: string, status: string, unit: string, scale: number];

export interface Plan {
  steps: number;
  firstStep: number;
  step: number;
  halfSteps: number;
  saveEvery: number;
  moments: number[];
  isLarge: boolean;
  parameters: PlanParameter[];
  groups: Correlated[];
  joint: Joint | null;
  streams: string[];
  due: Uint8Array;
  occurrence: Uint8Array;
  columns: Columns;
  results: [name: string, kind: string][];
  saved: [name: string, scale: number][];
  flows: string[];
  reports: [kind: string, name: string, stage: string][];
  faults: { slots: number[]; checks: FaultCheck[] };
  scenarios: Scenario[];
  workspace: number;
  kept: number;
  module: Uint8Array<ArrayBuffer>;
  kernel: Uint8Array<ArrayBuffer>;
}

/** The same as it stands in the page: rows of numbers are base64 of their little-endian bytes. */
export type Packed<T> = T extends Float64Array | Uint8Array ? string : T extends object ? { [K in keyof T]: Packed<T[K]> } : T;
export type PlanDocument = Packed<Plan>;

/** Elementary functions of the module: each works on a row in place. */
export type Kernel = Record<"exp" | "growth" | "log" | "sin" | "cos" | "normal_quantile" | "normal_cdf", (row: Float64Array) => void>;

/** Rivals of a prior: a stretch in base units, null without end. */
export interface World {
  parameter: number;
  low: number | null;
  high: number | null;
  worlds: [has: string, hasNot: string];
}

/** First times of happenings by future; the last number: never. */
export type Steps = Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** What one worker knows of one run: sorted trajectories line by line, first times counted by step, sums of flows. */
export interface Cut {
  lines: Float32Array<ArrayBuffer>;
  filled: number;
  futures: number;
  counts: Uint32Array<ArrayBuffer>;
  flows: Float64Array<ArrayBuffer>;
  flowed: number;
}

export type Chunk = [first: number, count: number];

export interface StartMessage {
  type: "start";
  plan: Plan;
  seed: string;
  firsts: number[];
  worlds: World[];
  keeps: number;
  capacity: number;
}
export interface RunMessage {
  type: "run";
  run: string;
  settings: Setting[];
  first: number;
  count: number;
  isBare: boolean;
  saves: boolean;
  wantsBands: boolean;
  wantsFlows: boolean;
}
export interface BandsMessage { type: "bands"; run: string; isLight: boolean }
export interface ParametersMessage { type: "parameters"; chunks: Chunk[] }
export interface DropMessage { type: "drop"; runs: string[] }
export interface HashMessage { type: "hash"; id: string; parent: string; name: string; results: Float64Array<ArrayBuffer>; statuses: Int8Array }
export type ToWorker = StartMessage | RunMessage | BandsMessage | ParametersMessage | DropMessage | HashMessage;

export interface Ran {
  type: "ran";
  run: string;
  first: number;
  count: number;
  results: Float64Array<ArrayBuffer>;
  statuses: Int8Array<ArrayBuffer>;
  steps: Steps | null;
  faults: Float64Array<ArrayBuffer> | null;
  bands: Cut | null;
  ms: number;
}
export interface Stretch { first: number; count: number; values: Float64Array<ArrayBuffer> }
export type FromWorker =
  | { type: "ready" | "dropped" }
  | { type: "failed"; message: string }
  | Ran
  | { type: "bands"; run: string; isLight: boolean; bands: Cut }
  | { type: "parameters"; stretches: Stretch[] }
  | { type: "hashed"; id: string; hex: string };

/** Failed futures of a stretch, one row of future, check, time, value after the other. */
export type Faults = Float64Array;
export interface CountedFault {
  check: number;
  time: number;
  future: number;
  place: number;
  value: number;
  count: number;
  runs: string[];
}

/** What is the same in all futures at each step where something is overridden. */
export interface Overrides {
  active: Map<number, Float64Array>;
  replaced: Map<number, Float64Array>;
  nothing: Float64Array;
}

/** Where a future failed: earlier times first, then earlier futures, then earlier scenarios. */
export interface Placed {
  time: number;
  future: number;
  place: number;
}

/** What a worker's global scope is used for. */
export interface Scope {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}
