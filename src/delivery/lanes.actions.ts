import { laneOf } from '../kit/lane.ts';
import type { Result } from '../kit/result.ts';
import { revealAll, type Look, type Shown } from './card-key.actions.ts';
import type { DeliveryRefusal } from './contract.ts';

/** Looks at keys that wait. */
export const revealLane = laneOf<Look, Result<Shown, DeliveryRefusal>>('delivery.reveal', revealAll);
