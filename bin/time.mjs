#!/usr/bin/env node
// bin/time.mjs +48h: moves the clock of a running demo forwards (+15m, +48h, +7d); without an argument it tells the time.
import { goOn, install } from './install.mjs';

goOn(await install(), ['src/cli/time.ts', ...process.argv.slice(2)]);
