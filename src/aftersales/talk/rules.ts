import type { StaffRole, Viewer } from '../../kit/viewer.ts';
import type { Speaker } from '../../messaging/contract.ts';

const supporters: readonly StaffRole[] = ['support', 'admin'];

/**
 * On which side somebody stands in the conversation of an order; null: on none, and then it is not there. The buyer (an account, a guest who
 * holds the order), those of the shop who answer buyers, the support. Nobody can be shut out of a side they are on (F206).
 */
export function sideOf(viewer: Viewer, order: { shopId: string; buyerId: string }): Speaker | null {
  if (viewer.buyerIds.includes(order.buyerId)) return 'buyer';
  const answers = viewer.shops.some(
    (shop) => shop.shopId === order.shopId && (shop.role === 'owner' || shop.role === 'orders'),
  );
  if (answers) return 'merchant';
  return viewer.staff.some((role) => supporters.includes(role)) ? 'support' : null;
}
