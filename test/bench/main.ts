import { parseArgs } from 'node:util';
import { closeBench, copyAs, openBench, type Figure } from './bench.ts';
import { licenceFigures } from './licences.ts';
import { deadlineFigures } from './deadlines.ts';
import { caseFigures } from './cases.ts';
import { buying, closedLoop } from './load.ts';
import { pageFigures, startFigures } from './pages.ts';
import { evidenceFigures, flash } from './sale.ts';
import { growth, importFigures, rowBudget } from './stock.ts';
import { purchaseFigures, twoProcesses } from './purchases.ts';
import { topupFigures } from './topups.ts';
import { layOutBench } from './world.ts';

// npm run bench [-- --json] [-- --full] [-- --only purchase,page …] [-- --rounds 5] [-- --open 1000000 --due 10000]
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    open: { type: 'string', default: '1000000' },
    due: { type: 'string', default: '10000' },
  },
});
const rounds = Number(values.rounds);
const wanted = (name: string): boolean => !values.only || values.only.split(',').includes(name);
const tell = (text: string): void => void (values.json ? console.error(text) : console.log(`  ${text}`));
const figures: Figure[] = [];

function report(figure: Figure): void {
  figures.push(figure);
  if (values.json) {
    const { must: _, ...rest } = figure;
    console.log(JSON.stringify(rest));
  } else console.log(row(figure));
}

const row = (figure: Figure): string =>
  [
    figure.name.padEnd(32),
    (figure.ratio ?? figure.value ?? 0)
      .toFixed(figure.ratio !== undefined || (figure.value ?? 0) < 100 ? 2 : 0)
      .padStart(9),
    `  must ${figure.must}`.padEnd(18),
    `±${(figure.spread * 50).toFixed(0)} %`.padStart(7),
    `  ${figure.unit}`,
  ].join('');

const bench = await openBench(report, tell);
try {
  const world = await layOutBench(bench.db, bench.ownerUrl, {
    listings: 1000,
    buyers: 10_000,
    keysEach: 1000,
    hotKeys: 400_000,
    flashKeys: 500,
    tell,
  });
  await closedLoop(256, 2, 0, buying(bench.db, world.spread, world.buyers));
  for (const name of ['small', 'silent', 'spoken']) await copyAs(bench, name);
  await rowBudget(bench, world);
  if (wanted('purchase')) await purchaseFigures(bench, world, rounds);
  if (wanted('two')) await twoProcesses(bench, world, rounds);
  if (wanted('flash')) await flash(bench, world);
  if (wanted('page')) await pageFigures(bench, world, rounds);
  if (wanted('licence')) await licenceFigures(bench, rounds);
  if (wanted('topup')) await topupFigures(bench, world);
  if (wanted('import')) await importFigures(bench, world, rounds);
  if (wanted('growth')) await growth(bench, world, { orders: values.full ? 10_000_000 : 1_000_000, rounds });
  if (wanted('deadlines'))
    await deadlineFigures(bench, world, {
      open: Number(values.open),
      due: Number(values.due),
      rounds,
    });
  if (wanted('cases')) await caseFigures(bench, rounds);
  if (wanted('evidence')) await evidenceFigures(bench, world, rounds);
  if (wanted('start')) await startFigures(bench, rounds);
} finally {
  await closeBench(bench);
}
if (!values.json) {
  console.log('\n');
  for (const figure of figures) console.log(row(figure));
}
