import { relative } from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';

export type Count = { passed: number; failed: number };

/**
 * Runs test files, each in a process of its own, and shows what failed with all that its file printed. A test
 * that is skipped or postponed counts as failed: it has shown nothing.
 */
export async function runTestFiles(paths: readonly string[], concurrency: number): Promise<Count> {
  const count: Count = { passed: 0, failed: 0 };
  const printed = new Map<string, string>();
  const failedFiles = new Set<string>();
  const stream = run({ files: [...paths], concurrency, isolation: 'process', timeout: 600_000 });
  const print = ({ file, message }: { file?: string; message: string }) => {
    const at = file ?? '';
    printed.set(at, ((printed.get(at) ?? '') + message).slice(-20_000));
    // What a test reports for everybody to see, also when all is well.
    for (const line of message.split('\n')) if (line.startsWith('» ')) console.log(`  ${line}`);
  };
  stream.on('test:stdout', print);
  stream.on('test:stderr', print);
  stream.on('test:pass', (event) => {
    if (event.details.type === 'suite') return;
    if (event.skip !== undefined || event.todo !== undefined) {
      count.failed += 1;
      console.log(`  ✗ ${event.name} (${place(event)}): skipped`);
    } else count.passed += 1;
  });
  stream.on('test:fail', (event) => {
    // A suite fails because a test in it failed, which was counted; unless its own hooks did.
    if (event.details.type === 'suite' && isAboutSubtests(event.details.error)) return;
    if (isAboutSubtests(event.details.error)) return;
    count.failed += 1;
    failedFiles.add(event.file ?? '');
    console.log(`  ✗ ${event.name} (${place(event)})\n${explain(event.details.error)}`);
  });
  for await (const _ of stream) {
    // Read to its end; the listeners above do the work.
  }
  for (const file of failedFiles) {
    const text = printed.get(file);
    if (text) console.log(`  printed by ${relative(process.cwd(), file)}:\n${indent(text)}`);
  }
  return count;
}

const place = (event: { file?: string | undefined; line?: number | undefined }): string =>
  `${relative(process.cwd(), event.file ?? '')}${event.line ? `:${event.line}` : ''}`;

/** "2 subtests failed" says nothing new. */
const isAboutSubtests = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'failureType' in error &&
  error.failureType === 'subtestsFailed';

function explain(error: Error & { cause?: unknown }): string {
  const cause = error.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause, { depth: 5 });
  const lines = text.split('\n').filter((line) => !/^\s+at (async )?.*\(?node:/.test(line));
  return indent(lines.slice(0, 60).join('\n'));
}

const indent = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n');
