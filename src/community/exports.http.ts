import { done } from '../kit/result.ts';
import { serve } from '../kit/route.ts';
import { reader, transaction } from '../kit/tx.ts';
import { beijingDay, type Instant } from '../kit/time.ts';
import { askExport, fetchExport, type ExportRow } from './exports.actions.ts';
import { exportContract } from './exports.contract.ts';
import { stateOf } from './exports.rules.ts';
import { exportsOf } from './exports.views.ts';

const shown = (row: ExportRow, wall: Instant) => ({
  ...row,
  exportId: row.id,
  state: stateOf(row, wall),
  sha256: row.sha256?.toString('hex') ?? null,
});

export const exportRoutes = {
  askExport: serve(exportContract.askExport, (context) =>
    transaction(context.db, async (tx) => {
      const asked = await askExport(tx, context.viewer);
      return asked.ok ? done(shown(asked.value, tx.wall)) : asked;
    }),
  ),
  exports: serve(exportContract.exports, async ({ db, viewer }) => {
    const on = await reader(db);
    const rows = await exportsOf(on, { viewer, limit: 10 });
    return done({ exports: rows.map((row) => shown(row, on.wall)) });
  }),
  fetchExport: serve(exportContract.fetchExport, async ({ db, viewer, wall }, { exportId }) => {
    const given = await transaction(db, (tx) => fetchExport(tx, { id: exportId, viewer }));
    if (!given.ok) return given;
    const name = `mengyue-${beijingDay(wall)}.zip`;
    return done(new File([new Uint8Array(given.value.bytes)], name, { type: 'application/zip' }));
  }),
};
