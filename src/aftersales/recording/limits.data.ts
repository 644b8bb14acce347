/** A recording: pieces of two seconds, two megabytes at most, a hundred megabytes and twenty minutes in all; sealed when two minutes bring nothing. */
export const recordingLimits = {
  chunk_bytes: 2 * 1024 * 1024,
  total_bytes: 100 * 1024 * 1024,
  chunks: 1200,
  perOrder: 10,
  silent_minutes: 2,
} as const;
