/** A google.protobuf.Timestamp of milliseconds since 1970, of a Date, or of text such as `2026-03-02T09:00:00Z`. */
export function timestamp(instant) {
  const ms = new Date(instant).getTime();
  const seconds = Math.floor(ms / 1000);
  return { seconds: String(seconds), nanos: (ms - seconds * 1000) * 1_000_000 };
}

/** Nanoseconds since 1970 of a google.protobuf.Timestamp. */
export function nanosOf({ seconds, nanos }) {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The Timestamp that many milliseconds after another; exact to the nanosecond. */
export function later(start, ms) {
  const nanos = nanosOf(start) + BigInt(ms) * 1_000_000n;
  return { seconds: String(nanos / 1_000_000_000n), nanos: Number(nanos % 1_000_000_000n) };
}
