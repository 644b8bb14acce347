import { sealSilent } from './actions.ts';

/** What runs by itself: a page that died leaves a recording, which is sealed with what had arrived. */
export const recordingTimers = [{ name: 'recordings', every_ms: 30_000, run: sealSilent }];
