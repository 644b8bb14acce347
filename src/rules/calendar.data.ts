/** Days off and make-up working days that the State Council published, year by year. Beijing days, both ends included. */
export type Year = {
  readonly year: number;
  /** The notice, for people who check. */
  readonly source: string;
  readonly off: readonly (readonly [from: string, to: string])[];
  /** Saturdays and Sundays on which people work (调休). */
  readonly work: readonly string[];
};

export type Calendar = { readonly version: string; readonly years: readonly Year[] };

/** A new year's list is a new version; results that were provisional are then computed again, and may only become later. */
export const calendar: Calendar = {
  version: 'cn-2026.1',
  years: [
    {
      year: 2025,
      source: '国办发明电〔2024〕12号',
      off: [
        ['2025-01-01', '2025-01-01'],
        ['2025-01-28', '2025-02-04'],
        ['2025-04-04', '2025-04-06'],
        ['2025-05-01', '2025-05-05'],
        ['2025-05-31', '2025-06-02'],
        ['2025-10-01', '2025-10-08'],
      ],
      work: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    },
    {
      year: 2026,
      source: '国务院办公厅关于2026年部分节假日安排的通知',
      off: [
        ['2026-01-01', '2026-01-03'],
        ['2026-02-15', '2026-02-23'],
        ['2026-04-04', '2026-04-06'],
        ['2026-05-01', '2026-05-05'],
        ['2026-06-19', '2026-06-21'],
        ['2026-09-25', '2026-09-27'],
        ['2026-10-01', '2026-10-07'],
      ],
      work: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    },
  ],
};

/** Days off by law whatever the year's list says: until it is published they are all we know. Month and day. */
export const fixedDaysOff: readonly string[] = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
