#!/usr/bin/env node
// mengyue: commands for the operator, each a file of src/cli. `mengyue operator invite` runs src/cli/operator-invite.ts.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { goOn, install, root } from './install.mjs';

const [first = '', second = '', ...rest] = process.argv.slice(2);
const command = `${first}-${second}`;
const file = join('src/cli', `${command}.ts`);
if (!/^[a-z]+-[a-z]+$/.test(command) || !existsSync(join(root, file))) {
  const known = readdirSync(join(root, 'src/cli')).filter((name) => /^[a-z]+-[a-z]+\.ts$/.test(name));
  process.stderr.write(
    `mengyue knows:\n${known.map((name) => `  mengyue ${name.replace('.ts', '').replace('-', ' ')}\n`).join('')}`,
  );
  process.exit(2);
}
goOn(await install(), [file, ...rest]);
