// What is the same in all futures at each step, when a scenario overrides something between two moments.

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

const COLUMN_RULES = {
  add: (a, b) => a + b, subtract: (a, b) => a - b, multiply: (a, b) => a * b, divide: (a, b) => a / b,
  minimum: (a, b) => (a < b ? a : b), maximum: (a, b) => (b < a ? a : b), absolute: Math.abs, floor: Math.floor,
  square_root: Math.sqrt, less: (a, b) => +(a < b), less_equal: (a, b) => +(a <= b), equal: (a, b) => +(a === b),
  both: (a, b) => +(a !== 0 && b !== 0), either: (a, b) => +(a !== 0 || b !== 0), negation: (a) => +(a === 0),
  choose: (condition, a, b) => (condition !== 0 ? a : b),
};
const COLUMN_KERNELS = new Set(["exp", "log", "sin", "cos", "normal_quantile"]);

// The table of columns under these settings: the baseline's where nothing is overridden.
export function columnTable(plan, settings, kernel) {
  if (!settings.some((setting) => setting[1] >= 0)) return plan.columns.table;
  const { rows, width, nodes, outputs, given } = plan.columns;
  const { active, replaced } = overrideColumns(plan, settings), nothing = new Float64Array(rows);
  const values = new Map(given);
  for (const [value, operation, read] of nodes) values.set(value, columnOf(operation, read, values, kernel, { active, replaced, nothing }));
  const table = plan.columns.table.slice();
  for (const [value, position] of outputs) {
    const column = values.get(value);
    for (let row = 0; row < rows; row++) table[row * width + position] = column[row];
  }
  return table;
}

function columnOf(operation, read, values, kernel, overrides) {
  if (operation === "override_active") return overrides.active.get(read) ?? overrides.nothing;
  if (operation === "override_value") return overrides.replaced.get(read) ?? overrides.nothing;
  const given = read.map((value) => values.get(value));
  if (operation === "power") return powerColumn(given[0], given[1], kernel);
  if (COLUMN_KERNELS.has(operation)) {
    const column = given[0].slice();
    kernel[operation](column);
    return column;
  }
  const rule = COLUMN_RULES[operation];
  return given[0].map((_, row) => rule(...given.map((column) => column[row])));
}

// `power` of foedus.numerics.sequences, from its two kernels.
function powerColumn(base, exponent, kernel) {
  const column = base.map(Math.abs);
  kernel.log(column);
  for (let i = 0; i < column.length; i++) column[i] = exponent[i] * column[i];
  kernel.exp(column);
  return column.map((size, i) => {
    const power = exponent[i], half = 0.5 * power;
    if (power === 0) return 1;
    if (!(base[i] < 0)) return size;
    if (Math.floor(power) < power) return NaN;
    return Math.floor(half) < half ? 0 - size : size;
  });
}
