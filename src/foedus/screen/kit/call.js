// Questions to the server; every path is relative, so the token of the address goes with it.

/** @import { Refused } from "./types.d.ts" */





export class ServerError extends Error {
  /** @param {number} status @param {Refused} document */
  constructor(status, document) {
    super(document.problems ? document.problems.map((one) => `${one.message} ${one.help}`.trim()).join("\n") : document.error);
    this.status = status;
  }
}

// How a page asks; offline: what is said where no answer comes.
/** @param {string} offline */
export const caller = (offline) => async (/** @type {string} */ path, /** @type {object | undefined} */ body = undefined) => {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, { credentials: "omit", ...options });
  } catch {
    throw new ServerError(0, { error: offline });
  }
  const found = await response.json();
  if (!response.ok) throw new ServerError(response.status, found);
  return found;
};

/** @param {string} path @param {Record<string, string | number | null | undefined>} values */
export const withQuery = (path, values) => `${path}?${new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => [name, String(value)]))}`;
