#!/usr/bin/env node
// npm test: everything that a fresh clone lacks, then every check.
import { goOn, install } from './install.mjs';

goOn(await install({ tools: true }), ['test/run.ts', ...process.argv.slice(2)]);
