import { query, sql } from '../../kit/sql.ts';
import { recordingColumns, recordingShape } from './store.ts';

/** The recordings of an order that the viewer made, or may see as the platform. */
export const recordingsOf = query(
  'aftersales.recordings_of',
  recordingShape,
  (p: { shopId: string; viewerOrder: string }) => sql`
  select ${recordingColumns} from aftersales.recordings r where r.shop_id = ${p.shopId} and r.order_id = ${p.viewerOrder} order by r.id`,
);
