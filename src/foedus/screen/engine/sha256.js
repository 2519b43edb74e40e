// SHA-256 (FIPS 180-4), in pieces, so that a state can be copied and continued. Used for keys of random streams and for the digest.

const SHA_CONSTANTS = (() => {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  /** @param {(x: number) => number} root */
  const words = (root) => primes.map((p) => { const x = root(p); return ((x - Math.floor(x)) * 4294967296) | 0; });
  return { rounds: Int32Array.from(words(Math.cbrt)), start: Int32Array.from(words(Math.sqrt).slice(0, 8)) };
})();

export class Sha256 {
  constructor() {
    this.state = SHA_CONSTANTS.start.slice();
    this.block = new Uint8Array(64);
    this.words = new Int32Array(64);
    this.filled = 0;
    this.length = 0;
  }

  copy() {
    const other = new Sha256();
    other.state.set(this.state);
    other.block.set(this.block);
    other.filled = this.filled;
    other.length = this.length;
    return other;
  }

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.length += bytes.length;
    let place = 0;
    if (this.filled) {
      place = Math.min(64 - this.filled, bytes.length);
      this.block.set(bytes.subarray(0, place), this.filled);
      this.filled += place;
      if (this.filled < 64) return this;
      this.compress(this.block, 0);
      this.filled = 0;
    }
    for (; place + 64 <= bytes.length; place += 64) this.compress(bytes, place);
    this.block.set(bytes.subarray(place), 0);
    this.filled = bytes.length - place;
    return this;
  }

  /** @param {string} text */
  text(text) {
    return this.update(new TextEncoder().encode(text));
  }

  /** @param {Uint8Array} bytes @param {number} place */
  compress(bytes, place) {
    const w = this.words, k = SHA_CONSTANTS.rounds;
    for (let i = 0; i < 16; i++, place += 4) {
      w[i] = (bytes[place] << 24) | (bytes[place + 1] << 16) | (bytes[place + 2] << 8) | bytes[place + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = this.state;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    const s = this.state;
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  }

  bytes() {
    const last = this.copy(), bits = this.length * 8;
    const padding = new Uint8Array(((this.filled < 56 ? 56 : 120) - this.filled) + 8);
    padding[0] = 128;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 4294967296));
    view.setUint32(padding.length - 4, bits >>> 0);
    last.update(padding);
    const found = new Uint8Array(32), out = new DataView(found.buffer);
    last.state.forEach((word, i) => out.setInt32(4 * i, word));
    return found;
  }

  hex() {
    return Array.from(this.bytes(), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

// The two key words of a random stream: as foedus.numerics.stream_key.
/** @param {string} seed @param {string} name */
export function streamKey(seed, name) {
  const view = new DataView(new Sha256().text(`foedus:${seed}:${name}`).bytes().buffer);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}
