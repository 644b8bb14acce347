import { done } from '../../kit/result.ts';
import { serve } from '../../kit/route.ts';
import { reader } from '../../kit/tx.ts';
import { checkVoucher, voucherFile } from './actions.ts';
import { voucherContract } from './contract.ts';

export const voucherRoutes = {
  voucher: serve(voucherContract.voucher, ({ db, viewer }, input) => voucherFile(db, viewer, input)),
  checkVoucher: serve(voucherContract.checkVoucher, async ({ db }, { voucher }) =>
    done(await checkVoucher(await reader(db), voucher)),
  ),
};
