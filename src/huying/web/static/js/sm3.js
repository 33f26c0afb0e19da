// The digest SM3 (GB/T 32905-2016), which browsers do not bring along. Checked against the standard's examples.
const left = (word, by) => (word << by) | (word >>> (32 - by));
const mix0 = (word) => word ^ left(word, 9) ^ left(word, 17);
const mix1 = (word) => word ^ left(word, 15) ^ left(word, 23);
const START = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

export function sm3(bytes) {
  const state = Int32Array.from(START);
  const view = padded(bytes);
  for (let at = 0; at < view.byteLength; at += 64) compress(state, view, at);
  const told = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => told.setInt32(4 * n, word));
  return new Uint8Array(told.buffer);
}

// A one, zeros, and the length in bits in the last eight bytes.
function padded(bytes) {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  return view;
}

function compress(state, view, at) {
  const words = new Int32Array(68);
  for (let n = 0; n < 16; n += 1) words[n] = view.getInt32(at + 4 * n);
  for (let n = 16; n < 68; n += 1) {
    words[n] = mix1(words[n - 16] ^ words[n - 9] ^ left(words[n - 3], 15)) ^ left(words[n - 13], 7) ^ words[n - 6];
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n += 1) {
    const early = n < 16;
    const turned = left(a, 12);
    const one = left((turned + e + left(early ? 0x79cc4519 : 0x7a879d8a, n % 32)) | 0, 7);
    const two = one ^ turned;
    const first = ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + two + (words[n] ^ words[n + 4])) | 0;
    const second = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + one + words[n]) | 0;
    [a, b, c, d, e, f, g, h] = [first, a, left(b, 9), c, mix0(second), e, left(f, 19), g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => { state[n] ^= word; });
}
