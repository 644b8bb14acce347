// Prints which of the requirements F001 to F212 stand in the name of a test, and which do not.
// With --missing only the latter, one on a line.
import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const requirements = Array.from({ length: 212 }, (_, place) => `F${String(place + 1).padStart(3, '0')}`);
const root = dirname(import.meta.dirname);
const shown = new Map<string, Set<string>>();
for (const path of globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).sort()) {
  const text = readFileSync(`${root}/${path}`, 'utf8');
  // The name of a test or suite: the first argument, in any kind of quotes.
  for (const [, , name = ''] of text.matchAll(
    /\b(?:test|it|describe|suite)(?:\.\w+)?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g,
  ))
    for (const [id] of name.matchAll(/\bF\d{3}\b/g)) shown.set(id, (shown.get(id) ?? new Set()).add(path));
}

const missing = requirements.filter((id) => !shown.has(id));
if (process.argv.includes('--missing')) console.log(missing.join('\n'));
else {
  for (const id of requirements) {
    const files = shown.get(id);
    if (files) console.log(`${id}  ${[...files].join(', ')}`);
  }
  const unknown = [...shown.keys()].filter((id) => !requirements.includes(id)).sort();
  if (unknown.length > 0) console.log(`\nnot requirements: ${unknown.join(' ')}`);
  console.log(
    `\n${requirements.length - missing.length} of ${requirements.length} requirements stand in a test's name; missing:\n${missing.join(' ')}`,
  );
}
