import { transaction, type Db } from '../kit/tx.ts';
import { sweepIdentity } from './actions.ts';

/** Every hour: ended sessions and finished windows are taken away. */
export const sweep = (db: Db): Promise<void> => transaction(db, sweepIdentity);
