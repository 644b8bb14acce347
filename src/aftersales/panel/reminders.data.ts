import type { Words } from '../../kit/text.ts';

type SeatClock = { readonly kind: 'panel.near' | 'jury.near'; readonly what: Words };

/** The clocks of tribunals. Their seats have the turn, so they are reminded and not the desk (F136, article 29). */
export const seatClocks: Readonly<Record<string, SeatClock>> = {
  'case.panel': { kind: 'panel.near', what: { zh: '仲裁庭投票', en: 'vote in the panel' } },
  'jury.reveal': { kind: 'jury.near', what: { zh: '密封投票', en: 'seal your vote' } },
  'jury.close': { kind: 'jury.near', what: { zh: '公开密封票', en: 'open the vote that you sealed' } },
};
