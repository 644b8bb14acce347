import { pino, type DestinationStream, type Logger } from 'pino';

/** Names under which something secret may travel; their values are never written. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'orderPassword',
  'token',
  'secret',
  'code',
  'key',
  'plain',
];

export type Log = Logger;

/** Structured lines on standard output. Values under secret names are cut out at two depths; `Secret` values print as [secret] anyway. */
export const openLog = (level: 'debug' | 'info' | 'warn' | 'error' | 'silent', to?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      redact: {
        paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: '[secret]',
      },
      serializers: { error: errorLine },
    },
    to ?? pino.destination(1),
  );

/** What an error tells the log: its kind, sentence, place and SQLSTATE; not its other fields, which may hold a row. */
export function errorLine(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? { sqlstate: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: errorLine(error.cause) };
  return { name: error.name, message: error.message, ...code, stack: error.stack, ...cause };
}
