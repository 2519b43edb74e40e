// Answers with their Monte Carlo errors and paired differences, as foedus.analysis.compare; bands as foedus.analysis.bands.

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

function quantilesOf(sorted) {
  if (!sorted.length) return null;
  return LEVELS.map((level) => {
    const place = level * (sorted.length - 1), below = Math.floor(place), above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
  });
}

// A future to which the question applies has a number; a date that never comes is infinite.
// One question: `values` and `statuses` by future; `first` the same of the baseline, or null.
function answerOf(kind, values, statuses, first, firstStatuses, count) {
  let applies = 0, sum = 0, never = 0;
  const ok = (i) => statuses[i] === 0 && (!firstStatuses || firstStatuses[i] === 0);
  const kept = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (ok(i) && values[i] === Infinity) never++;
    if (!ok(i) || !Number.isFinite(values[i])) continue;
    kept[applies++] = values[i];
    sum += values[i];
  }
  const mean = applies ? sum / applies : NaN;
  const chance = kind === "date" ? applies / (applies + never) : null;
  const answer = { futures: applies, mean, chance, probability: null, quantiles: null, difference: null, differenceError: null };
  if (kind === "probability") {
    answer.probability = mean;
    answer.error = !applies ? NaN : Math.sqrt(((sum + 0.5) * (applies - sum + 0.5)) / (applies + 1) ** 2 / (applies + 2));
  } else {
    const used = kept.subarray(0, applies);
    let squares = 0;
    for (const value of used) squares += (value - mean) ** 2;
    answer.error = applies > 1 ? Math.sqrt(squares / (applies - 1) / applies) : NaN;
    answer.quantiles = quantilesOf(used.sort());
  }
  if (first) Object.assign(answer, differenceOf(values, first, ok, count, mean, kind === "probability" ? 1 : null));
  return answer;
}

// `unseen`: how far one future may move the answer that has moved none; null for the spread of the first answers.
function differenceOf(values, first, ok, count, mean, unseen) {
  let n = 0, firstApplies = 0, applies = 0, firstSum = 0;
  for (let i = 0; i < count; i++) {
    n++;
    if (!ok(i)) continue;
    if (Number.isFinite(values[i])) applies++;
    if (Number.isFinite(first[i])) { firstApplies++; firstSum += first[i]; }
  }
  if (!applies || !firstApplies) return { difference: null, differenceError: null };
  const firstMean = firstSum / firstApplies;
  let total = 0, squares = 0, moved = 0, spread = 0;
  for (let i = 0; i < count; i++) {
    const influence = !ok(i) ? 0
      : (Number.isFinite(values[i]) ? ((values[i] - mean) * n) / applies : 0) - (Number.isFinite(first[i]) ? ((first[i] - firstMean) * n) / firstApplies : 0);
    if (ok(i) && Number.isFinite(first[i])) spread += (first[i] - firstMean) ** 2;
    if (influence !== 0) moved++;
    total += influence;
    squares += influence * influence;
  }
  const variance = n > 1 ? Math.max(0, squares - (total * total) / n) / (n - 1) : NaN;
  if (!moved) return { difference: mean - firstMean, differenceError: (unseen ?? Math.sqrt(spread / Math.max(1, firstApplies - 1))) / n, isSame: true };
  const smoothed = (0.5 * (squares / moved) * (1 - moved / n)) / (n * n); // foedus.analysis.estimate.difference_of
  return { difference: mean - firstMean, differenceError: Math.sqrt(variance / n + smoothed) };
}

const isBeyondError = (difference, error) => real(difference) && real(error) && difference !== 0 && Math.abs(difference) > 2 * error;

// Quantiles of several sorted pieces together: the k-th smallest by counting, for each line.
function mergedBands(pieces, lines) {
  const total = pieces.reduce((sum, piece) => sum + piece.filled, 0);
  const found = LEVELS.map(() => new Float32Array(lines).fill(NaN));
  if (!total) return { count: 0, quantiles: found };
  const merged = new Float32Array(total), places = LEVELS.map((level) => level * (total - 1));
  for (let line = 0; line < lines; line++) {
    const at = pieces.length > 2 ? mergedLine(pieces, line, merged) : rankedLine(pieces, line);
    for (let number = 0; number < places.length; number++) {
      const below = Math.floor(places[number]), low = at(below), high = at(Math.min(below + 1, total - 1));
      found[number][line] = low + (high - low) * (places[number] - below);
    }
  }
  return { count: total, quantiles: found };
}

// The k-th smallest of many sorted pieces, all put together.
function mergedLine(pieces, line, merged) {
  let place = 0;
  for (const piece of pieces) {
    merged.set(piece.lines.subarray(line * piece.filled, (line + 1) * piece.filled), place);
    place += piece.filled;
  }
  merged.sort();
  return (rank) => merged[rank];
}

// The k-th smallest of one sorted piece or of two together, found by halving: how many of the k come from the first?
function rankedLine([one, two], line) {
  const a = one.lines, first = line * one.filled;
  if (!two) return (rank) => a[first + rank];
  const b = two.lines, second = line * two.filled;
  return (rank) => {
    let low = Math.max(0, rank - two.filled), high = Math.min(rank, one.filled);
    while (low < high) {
      const half = (low + high) >> 1;
      if (a[first + half] < b[second + rank - half - 1]) low = half + 1;
      else high = half;
    }
    const mine = low < one.filled ? a[first + low] : Infinity, other = rank - low < two.filled ? b[second + rank - low] : Infinity;
    return mine < other ? mine : other;
  };
}

// The mean of each flow over futures and moments; null before any has been counted.
function flowsOf(pieces) {
  const flowed = pieces.reduce((sum, piece) => sum + piece.flowed, 0);
  if (!flowed) return null;
  return Array.from(pieces[0].flows, (_, flow) => pieces.reduce((sum, piece) => sum + piece.flows[flow], 0) / flowed);
}

// First times of one happening over all workers: its share, and 5, 50, 95 % of the step among the futures in which it came.
function firstTimes(pieces, number, bins) {
  const counts = new Float64Array(bins);
  let futures = 0;
  for (const piece of pieces) {
    futures += piece.futures;
    for (let bin = 0; bin < bins; bin++) counts[bin] += piece.counts[number * bins + bin];
  }
  const came = futures - counts[bins - 1];
  const at = (part) => {
    let sum = 0;
    for (let bin = 0; bin < bins - 1; bin++) if ((sum += counts[bin]) >= part * came) return bin;
    return bins - 2;
  };
  return { futures, share: futures ? came / futures : 0, steps: came ? [at(0.05), at(0.5), at(0.95)] : null };
}
