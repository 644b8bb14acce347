import { parseSync } from 'vite';

/** One file of the repository, as a rule sees it. Planted offences are made of the same. */
export type Source = { path: string; text: string };

/** A node of the syntax tree (ESTree with TypeScript), as far as rules look into it. */
export type Node = { type: string; start: number; end: number } & Record<string, unknown>;

export type Import = { from: string; at: number; typeOnly: boolean };

const parsed = new Map<string, { text: string; program: Node; imports: Import[] }>();

/** Parses once per file and text. Throws on a syntax error: then nothing else can be said about the file. */
export function parse({ path, text }: Source): { program: Node; imports: Import[] } {
  const known = parsed.get(path);
  if (known?.text === text) return known;
  const lang = path.endsWith('x') ? 'tsx' : 'ts';
  const result = parseSync(path, text, { lang, sourceType: 'module' });
  if (result.errors.length > 0) throw new Error(`${path} cannot be parsed: ${result.errors[0]?.message}`);
  const program = result.program as unknown as Node;
  const made = { text, program, imports: importsOf(program) };
  parsed.set(path, made);
  return made;
}

function importsOf(program: Node): Import[] {
  const imports: Import[] = [];
  visit(program, (node) => {
    const source = node['source'] as Node | null | undefined;
    if (
      !/^(Import(Declaration|Expression)|ExportNamed|ExportAll)/.test(node.type) ||
      source?.type !== 'Literal'
    )
      return;
    const kind = node['importKind'] ?? node['exportKind'];
    imports.push({ from: String(source['value']), at: node.start, typeOnly: kind === 'type' });
  });
  return imports;
}

/** Calls `act` for each node, outer before inner, with the nodes around it, nearest last. */
export function visit(
  node: Node,
  act: (node: Node, around: readonly Node[]) => void,
  around: Node[] = [],
): void {
  act(node, around);
  around.push(node);
  for (const value of Object.values(node)) {
    for (const inner of Array.isArray(value) ? value : [value]) if (isNode(inner)) visit(inner, act, around);
  }
  around.pop();
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

export const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** The property `name: literal` of an object, as text. */
export function textProperty(object: Node, name: string): string | undefined {
  const value = property(object, name);
  if (value?.type === 'Literal' && typeof value['value'] === 'string') return value['value'];
  if (value?.type !== 'TemplateLiteral') return undefined;
  return (value['quasis'] as { value: { cooked: string } }[]).map((part) => part.value.cooked).join('…');
}

export function property(object: Node, name: string): Node | undefined {
  const found = (object['properties'] as Node[]).find(
    (each) => each.type === 'Property' && nameOf(each['key'] as Node) === name,
  );
  return found?.['value'] as Node | undefined;
}

export const nameOf = (key: Node): string => String(key['name'] ?? key['value'] ?? '');

/** Texts of all sql`…` in a file, with `?` where a value stands. */
export function sqlOf(source: Source): { text: string; at: number }[] {
  const found: { text: string; at: number }[] = [];
  visit(parse(source).program, (node) => {
    if (node.type !== 'TaggedTemplateExpression' || nameOf(node['tag'] as Node) !== 'sql') return;
    const quasis = (node['quasi'] as Node)['quasis'] as { value: { cooked: string } }[];
    found.push({
      text: withoutComments(quasis.map((part) => part.value.cooked).join(' ? ')),
      at: node.start,
    });
  });
  return found;
}

export const withoutComments = (text: string): string =>
  text.replace(/--[^\n]*/g, '').replace(/\/\*[\s\S]*?\*\//g, '');
