// What is the same in all futures at each step, when a scenario overrides something between two moments.

/** @import { Kernel, Overrides, Plan, Setting } from "./types.d.ts" */





/** @param {Plan} plan @param {Setting[]} settings */
function overrideColumns(plan, settings) {
  const active = new Map(), replaced = new Map(), rows = plan.columns.rows;
  for (const [, slot, value, start, end, outside] of settings) {
    if (slot < 0) continue;
    if (!active.has(slot)) {
      active.set(slot, new Float64Array(rows));
      replaced.set(slot, new Float64Array(rows));
    }
    for (let row = 0; row < rows; row++) {
      const step = Math.floor(row / plan.halfSteps) + plan.firstStep, inside = step >= start && step < end;
      if (outside === null && !inside) continue;
      active.get(slot)[row] = 1;
      replaced.get(slot)[row] = inside ? value : outside;
    }
  }
  return { active, replaced };
}

/** @type {Record<string, (...given: any[]) => number>} */
const COLUMN_RULES = {
  add: (/** @type {number} */ a, /** @type {number} */ b) => a + b, subtract: (/** @type {number} */ a, /** @type {number} */ b) => a - b, multiply: (/** @type {number} */ a, /** @type {number} */ b) => a * b, divide: (/** @type {number} */ a, /** @type {number} */ b) => a / b,
  minimum: (/** @type {number} */ a, /** @type {number} */ b) => (a < b ? a : b), maximum: (/** @type {number} */ a, /** @type {number} */ b) => (b < a ? a : b), absolute: Math.abs, floor: Math.floor,
  square_root: Math.sqrt, less: (/** @type {number} */ a, /** @type {number} */ b) => +(a < b), less_equal: (/** @type {number} */ a, /** @type {number} */ b) => +(a <= b), equal: (/** @type {number} */ a, /** @type {number} */ b) => +(a === b),
  both: (/** @type {number} */ a, /** @type {number} */ b) => +(a !== 0 && b !== 0), either: (/** @type {number} */ a, /** @type {number} */ b) => +(a !== 0 || b !== 0), negation: (/** @type {number} */ a) => +(a === 0),
  choose: (/** @type {number} */ condition, /** @type {number} */ a, /** @type {number} */ b) => (condition !== 0 ? a : b),
};
const COLUMN_KERNELS = new Set(["exp", "log", "sin", "cos", "normal_quantile"]);

// The table of columns under these settings: the baseline's where nothing is overridden.
/** @param {Plan} plan @param {Setting[]} settings @param {Kernel} kernel */
export function columnTable(plan, settings, kernel) {
  if (!settings.some((setting) => setting[1] >= 0)) return plan.columns.table;
  const { rows, width, nodes, outputs, given } = plan.columns;
  const { active, replaced } = overrideColumns(plan, settings), nothing = new Float64Array(rows);
  const values = new Map(given);
  for (const [value, operation, read] of nodes) values.set(value, columnOf(operation, read, values, kernel, { active, replaced, nothing }));
  const table = plan.columns.table.slice();
  for (const [value, position] of outputs) {
    const column = /** @type {Float64Array} */ (values.get(value));
    for (let row = 0; row < rows; row++) table[row * width + position] = column[row];
  }
  return table;
}

/** @param {string} operation @param {number | number[]} read @param {Map<number, Float64Array>} values @param {Kernel} kernel @param {Overrides} overrides */
function columnOf(operation, read, values, kernel, overrides) {
  if (operation === "override_active") return overrides.active.get(/** @type {number} */ (read)) ?? overrides.nothing;
  if (operation === "override_value") return overrides.replaced.get(/** @type {number} */ (read)) ?? overrides.nothing;
  const given = /** @type {number[]} */ (read).map((value) => /** @type {Float64Array} */ (values.get(value)));
  if (operation === "power") return powerColumn(given[0], given[1], kernel);
  if (COLUMN_KERNELS.has(operation)) {
    const column = given[0].slice();
    kernel[/** @type {keyof Kernel} */ (operation === "exp" ? "growth" : operation)](column);
    return column;
  }
  const rule = COLUMN_RULES[operation];
  return given[0].map((_, row) => rule(...given.map((column) => column[row])));
}

// `power` of foedus.numerics.sequences, from its two kernels.
/** @param {Float64Array} base @param {Float64Array} exponent @param {Kernel} kernel */
function powerColumn(base, exponent, kernel) {
  const column = base.map(Math.abs);
  kernel.log(column);
  for (let i = 0; i < column.length; i++) column[i] = exponent[i] * column[i];
  kernel.growth(column);
  return column.map((raised, i) => {
    const power = exponent[i], half = 0.5 * power;
    const isWhole = Math.floor(base[i]) === base[i] && Math.floor(power) === power && raised < 2 ** 40 && power > 0;
    const size = isWhole ? Math.floor(raised + 0.5) : raised;
    if (power === 0) return 1;
    if (!(base[i] < 0)) return size;
    if (Math.floor(power) < power) return NaN;
    return Math.floor(half) < half ? 0 - size : size;
  });
}
