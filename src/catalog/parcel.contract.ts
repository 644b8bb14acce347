import { z } from 'zod';

/** What lies in one box (F025): each part with how many there are, and what one of them is worth when it is missing, in fen. */
export const parcelShape = z.strictObject({
  parts: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(40),
        count: z.number().int().min(1).max(99),
        worth: z.string().regex(/^(0|[1-9]\d{0,12})$/),
      }),
    )
    .min(1)
    .max(20),
});
export type ParcelContent = z.infer<typeof parcelShape>;
