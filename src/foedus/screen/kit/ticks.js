// Round steps of scales.

// The first of 1, 2, 5 and 10 times a power of ten that is not below something.
/** @type {(power: number, least: number) => number} */
export const roundStep = (power, least) => power * ([1, 2, 5].find((times) => times * power >= least) ?? 10);
