import { placeOf } from './layers.ts';
import { lineAt, nameOf, type Node, parse, type Source, visit } from './source.ts';

export const lineLimit = 400;
export const functionLimit = 70;

const isCode = ({ path }: Source): boolean => /^(src|web|test|bin)\/.*\.(m?ts|mjs|tsx)$/.test(path);
const isData = ({ path }: Source): boolean => path.endsWith('.data.ts');

/** A file is read in one sitting. Tables of data are not read, they are looked things up in. */
export function fileLength(files: readonly Source[]): string[] {
  return files.filter(isCode).flatMap((file) => {
    const lines = file.text.trimEnd().split('\n').length;
    return lines <= lineLimit || isData(file)
      ? []
      : [`${file.path}: ${lines} lines; split it by noun, ${lineLimit} is the limit`];
  });
}

export function functionLength(files: readonly Source[]): string[] {
  return files.filter(isCode).flatMap((file) => {
    const offences: string[] = [];
    visit(parse(file).program, (node, around) => {
      if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return;
      const from = lineAt(file.text, node.start);
      const lines = lineAt(file.text, node.end) - from + 1;
      if (lines <= functionLimit) return;
      const named = (node['id'] ?? around.at(-1)?.['id'] ?? around.at(-1)?.['key']) as Node | undefined;
      const name = named ? nameOf(named) : 'a function';
      offences.push(`${file.path}:${from}: ${name} has ${lines} lines; ${functionLimit} is the limit`);
    });
    return offences;
  });
}

/** Time and chance are handed in: else no test can say what happens at midnight. */
export function bannedCalls(files: readonly Source[]): string[] {
  const bound = files.filter(
    (file) => isCode(file) && /^(src|web)\//.test(file.path) && !/^src\/(kit|app|cli)\//.test(file.path),
  );
  return bound.flatMap((file) => {
    const offences: string[] = [];
    const { test } = placeOf(file.path);
    visit(parse(file).program, (node) => {
      const called =
        node.type === 'CallExpression' || node.type === 'NewExpression' ? dotted(node['callee'] as Node) : '';
      const refuse = (way: string) =>
        offences.push(`${file.path}:${lineAt(file.text, node.start)}: ${called}; ${way}`);
      if (called === 'Date.now') refuse('time is passed: tx.business or tx.wall');
      if (called === 'Date' && (node['arguments'] as Node[]).length === 0)
        refuse('time is passed: tx.business or tx.wall');
      if (called === 'Math.random') refuse('chance is passed, or kit/secret gives it');
      if (/(^|\.)randomUUID$/.test(called)) refuse('ids are made by newId(wall) of kit/ids');
      if (called.startsWith('console.') && !test && file.path.startsWith('src/'))
        refuse('only app, cli and tests print');
    });
    return offences;
  });
}

/** rules.ts decides from what it is given: it waits for nothing and opens nothing. */
export function pureRules(files: readonly Source[]): string[] {
  const rules = files.filter(
    ({ path }) =>
      path.startsWith('src/') &&
      path.endsWith('.ts') &&
      placeOf(path).kind === 'rules' &&
      !placeOf(path).test,
  );
  return rules.flatMap((file) => {
    const offences: string[] = [];
    visit(parse(file).program, (node) => {
      const where = `${file.path}:${lineAt(file.text, node.start)}`;
      if (node.type === 'AwaitExpression' || node['async'] === true)
        offences.push(`${where}: rules do not wait`);
      if (node.type === 'TaggedTemplateExpression' && nameOf(node['tag'] as Node) === 'sql')
        offences.push(`${where}: rules have no SQL`);
    });
    const open =
      /(^|\/)(tx|once|outbox|lane|deadlines|store|views|actions|http|jobs)\.ts$|^pg$|^node:(fs|net|http|child_process)/;
    for (const { from, at, typeOnly } of parse(file).imports)
      if (!typeOnly && open.test(from))
        offences.push(`${file.path}:${lineAt(file.text, at)}: rules do not import ${from}`);
    return offences;
  });
}

/** Words that say nothing about a shop. */
export function emptyNames(files: readonly Source[]): string[] {
  const empty = /(Service|Manager|Helper|Util|Handler|Impl|Base|DTO|Dto)s?$/;
  return files.filter(isCode).flatMap((file) => {
    const offences: string[] = [];
    const stem = file.path.split('/').at(-1)?.split('.')[0] ?? '';
    if (
      /^(services?|managers?|helpers?|utils?|handlers?|base|common-?utils)$/i.test(stem) ||
      empty.test(stem)
    )
      offences.push(`${file.path}: ${stem} says nothing; name it after what it gives`);
    visit(parse(file).program, (node) => {
      if (
        !/^(FunctionDeclaration|ClassDeclaration|VariableDeclarator|TSTypeAliasDeclaration|TSInterfaceDeclaration)$/.test(
          node.type,
        )
      )
        return;
      const name = nameOf((node['id'] as Node | null) ?? node);
      if (empty.test(name))
        offences.push(
          `${file.path}:${lineAt(file.text, node.start)}: ${name} says nothing; name it after what it gives`,
        );
    });
    return offences;
  });
}

/** Who looks is part of every question that a screen asks, unless its comment says that the answer is public. */
export function viewsHaveViewers(files: readonly Source[]): string[] {
  const views = files.filter(
    ({ path }) =>
      path.startsWith('src/') &&
      path.endsWith('.ts') &&
      placeOf(path).kind === 'views' &&
      !placeOf(path).test,
  );
  return views.flatMap((file) => {
    const offences: string[] = [];
    for (const node of parse(file).program['body'] as Node[]) {
      if (node.type !== 'ExportNamedDeclaration') continue;
      const declared = node['declaration'] as Node | null;
      if (declared?.type !== 'FunctionDeclaration' && declared?.type !== 'VariableDeclaration') continue;
      const text = file.text.slice(node.start, node.end);
      const asks = declared.type === 'FunctionDeclaration' || /\bquery\(|=>/.test(text);
      const before =
        file.text
          .slice(0, node.start)
          .split(/[;}]\s*\n/)
          .at(-1) ?? '';
      if (asks && !/viewer/i.test(text) && !/\bpublic\b/i.test(before))
        offences.push(
          `${file.path}:${lineAt(file.text, node.start)}: a view takes a viewer, or its comment says that it is public`,
        );
    }
    return offences;
  });
}

/** Nothing that is committed knows the machine it was written on. */
export function machinePaths(files: readonly Source[]): string[] {
  const paths = new RegExp(['/wor' + 'k/', '/tmp/te' + 'am', '/home/[a-z]+/', '/Users/[a-z]+/'].join('|'));
  return files.flatMap(({ path, text }) => {
    const found = paths.exec(text);
    return found ? [`${path}:${lineAt(text, found.index)}: a path of one machine`] : [];
  });
}

/** `Date.now`, `crypto.randomUUID`, `Date`. */
function dotted(node: Node): string {
  if (node.type === 'Identifier') return nameOf(node);
  if (node.type !== 'MemberExpression' || node['computed']) return '';
  const object = dotted(node['object'] as Node);
  return `${object}.${nameOf(node['property'] as Node)}`;
}
