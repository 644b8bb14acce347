/** A grant is used within half an hour or is gone; no more than three are asked for about one case. */
export const unsealingLimits = { grant_minutes: 30, perCase: 3, tail: 4 } as const;
