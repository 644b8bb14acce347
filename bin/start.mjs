#!/usr/bin/env node
// npm start: everything that a fresh clone lacks, then the shop.
import { goOn, install } from './install.mjs';

goOn(await install(), ['src/app/main.ts', ...process.argv.slice(2)]);
