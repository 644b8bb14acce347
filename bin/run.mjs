#!/usr/bin/env node
// Runs one of our TypeScript scripts under the pinned Node: `node bin/run.mjs bin/coverage.ts …`
import { goOn, install } from './install.mjs';

goOn(await install({ tools: true }), process.argv.slice(2));
