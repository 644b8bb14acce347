import { posix } from 'node:path';
import { lineAt, parse, type Source } from './source.ts';

/** DESIGN 3. A file imports from its own domain and from lower lines, never sideways or upwards. */
export const layers: readonly (readonly string[])[] = [
  ['kit'],
  ['ledger', 'evidence', 'rules'],
  ['identity'],
  ['merchants', 'notifications', 'risk'],
  ['catalog', 'messaging', 'payments'],
  ['inventory'],
  ['orders', 'supply'],
  ['delivery', 'insurance'],
  ['checkout'],
  ['aftersales', 'partners'],
  ['reputation', 'community', 'analytics'],
  ['app', 'cli'],
];

/** A missing file means that the domain has no such concern; other names do not exist. */
export const kinds = [
  'contract',
  'machine',
  'rules',
  'store',
  'views',
  'actions',
  'http',
  'jobs',
  'lane',
  'data',
] as const;

export const rankOf = (domain: string): number => layers.findIndex((layer) => layer.includes(domain));

/** `src/orders/purchase.rules.ts` is of the domain orders and of the kind rules. */
export function placeOf(path: string): { domain: string; kind: string; test: boolean } {
  const [, domain = '', ...rest] = path.split('/');
  const parts = (rest.at(-1) ?? '').replace(/\.tsx?$/, '').split('.');
  const test = parts.at(-1) === 'test';
  if (test) parts.pop();
  return { domain, kind: parts.at(-1) ?? '', test };
}

const top = (domain: string): boolean => domain === 'app' || domain === 'cli';

/** Files of src/<domain>: known domains, known names, no index.ts. */
export function fileNames(files: readonly Source[]): string[] {
  return files.flatMap(({ path }) => {
    if (/(^|\/)index\.(m?[jt]sx?)$/.test(path))
      return [`${path}: no index files; import the file that has it`];
    if (!path.startsWith('src/')) return [];
    const { domain, kind } = placeOf(path);
    if (rankOf(domain) < 0) return [`${path}: ${domain} is no domain of DESIGN 3`];
    if (domain === 'kit' || top(domain) || path.endsWith('/README.md')) return [];
    if (path.endsWith('.faults.test.ts')) return [];
    if (path.endsWith('.ts') && (kinds as readonly string[]).includes(kind)) return [];
    return [`${path}: a domain has ${kinds.join(', ')} (or <noun>.<kind>.ts) and README.md, no other names`];
  });
}

/** Imports in src: downwards only, and of another domain only what it offers. */
export function imports(files: readonly Source[]): string[] {
  return files.flatMap((file) => {
    if (!/^src\/.*\.tsx?$/.test(file.path)) return [];
    const own = placeOf(file.path);
    return parse(file).imports.flatMap(({ from, at }) => {
      const where = `${file.path}:${lineAt(file.text, at)}`;
      const target = targetOf(file.path, from);
      if (from === '#context' && !top(own.domain)) return [`${where}: #context is for pages and app only`];
      if (!target) return [];
      if (target.startsWith('web/')) return [`${where}: the server does not import pages`];
      if (target.startsWith('test/')) return own.test ? [] : [`${where}: only tests import from test/`];
      if (!target.startsWith('src/')) return [];
      const its = placeOf(target);
      if (its.domain === own.domain)
        return own.test || !its.test ? [] : [`${where}: only tests import tests`];
      // A command of the CLI starts what the program has, and a test may play any part of the shop.
      if (own.domain === 'cli' && its.domain === 'app') return [];
      if (rankOf(its.domain) >= rankOf(own.domain) && !own.test)
        return [
          `${where}: ${own.domain} may not look at ${its.domain}; news goes up through the outbox and src/app/reactions.ts`,
        ];
      return mayTake(own, its)
        ? []
        : [
            `${where}: ${its.domain} offers contract, machine, rules, actions and views, ${own.kind} may not take its ${its.kind}`,
          ];
    });
  });
}

function mayTake(
  own: { domain: string; kind: string; test: boolean },
  its: { domain: string; kind: string },
): boolean {
  if (its.domain === 'kit') return true;
  if (['contract', 'machine', 'rules', 'data'].includes(its.kind)) return true;
  if (top(own.domain) || own.test) return its.kind !== 'store';
  return (
    ['actions', 'views'].includes(its.kind) &&
    (own.test || !['contract', 'machine', 'rules'].includes(own.kind))
  );
}

/** What runs in a browser too: pages and contracts take contracts, tables and the part of kit that needs no server. */
export function browserSafe(files: readonly Source[]): string[] {
  const kit = new Map(
    files.filter(({ path }) => path.startsWith('src/kit/')).map((file) => [file.path, file]),
  );
  return files.flatMap((file) => {
    const web = /^web\/.*\.tsx?$/.test(file.path);
    const shared = /^src\/.*\b(contract|machine)\.ts$/.test(file.path);
    // *.server.ts is left out of the browser's bundle by React Router.
    if ((!web && !shared) || /\.test\.tsx?$|\.server\.tsx?$/.test(file.path)) return [];
    return parse(file).imports.flatMap(({ from, at, typeOnly }) => {
      const where = `${file.path}:${lineAt(file.text, at)}`;
      if (from.startsWith('node:') || from === 'pg')
        return /entry\.server/.test(file.path) ? [] : [`${where}: ${from} does not exist in a browser`];
      const target = targetOf(file.path, from);
      if (!target?.startsWith('src/') || typeOnly) return [];
      const { domain, kind } = placeOf(target);
      if (domain === 'kit') return needsServer(target, kit) ? [`${where}: ${target} needs a server`] : [];
      return ['contract', 'machine', 'data'].includes(kind)
        ? []
        : [`${where}: pages take contract.ts and machine.ts, not ${target}`];
    });
  });
}

function needsServer(path: string, kit: ReadonlyMap<string, Source>, seen: Set<string> = new Set()): boolean {
  const file = kit.get(path);
  if (!file || seen.has(path)) return false;
  seen.add(path);
  return parse(file).imports.some(({ from, typeOnly }) => {
    if (typeOnly) return false;
    if (from.startsWith('node:') || from === 'pg' || from.startsWith('@orpc/server')) return true;
    const target = targetOf(path, from);
    return target !== undefined && needsServer(target, kit, seen);
  });
}

/** Files of src that nothing reaches from a place where something starts. Tests do not count. */
export function deadFiles(files: readonly Source[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const starts = /^(src\/app\/main\.ts|src\/app\/sandbox\/server\.ts|src\/cli\/|bin\/|web\/|test\/)/;
  const queue = files
    .filter(({ path }) => starts.test(path) && !/\.test\.tsx?$/.test(path))
    .map(({ path }) => path);
  const reached = new Set(queue);
  for (const path of queue) {
    const file = byPath.get(path);
    if (!file || !/\.(m?[jt]s|tsx)$/.test(path)) continue;
    for (const { from } of parse(file).imports) {
      const target = from === '#context' ? 'src/app/context.ts' : targetOf(path, from);
      if (!target || reached.has(target)) continue;
      reached.add(target);
      queue.push(target);
    }
  }
  const code = files.filter(({ path }) => /^src\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'));
  return code
    .filter(({ path }) => !reached.has(path))
    .map(({ path }) => `${path}: nothing uses it; wire it or remove it`);
}

const targetOf = (path: string, from: string): string | undefined =>
  from.startsWith('.') ? posix.join(posix.dirname(path), from) : undefined;
