import { index, layout, route, type RouteConfig } from '@react-router/dev/routes';

export default [
  layout('storefront/frame.tsx', [
    index('storefront/home.tsx'),
    route('c/:category', 'storefront/category.tsx'),
    route('search', 'storefront/search.tsx'),
    route('g/:listingId', 'storefront/listing.tsx'),
    route('s/:shopId', 'storefront/shop.tsx'),
    route('rules', 'storefront/rules.tsx'),
    route('rules/:article', 'storefront/article.tsx'),
    route('login', 'storefront/login.tsx'),
    route('register', 'storefront/register.tsx'),
    route('find-order', 'storefront/find-order.tsx'),
    route('messages', 'buyer/messages.tsx'),
    route('logout', 'storefront/logout.tsx'),
    route('account', 'buyer/account.tsx'),
    route('account/wallet', 'buyer/wallet.tsx'),
    route('checkout/:variantId', 'buyer/checkout.tsx'),
    route('pay/:paymentId', 'buyer/pay.tsx'),
    route('orders', 'buyer/orders.tsx'),
    route('orders/:orderId', 'buyer/order.tsx'),
    route('verify', 'storefront/verify.tsx'),
    route('operator/invitation', 'operator/invitation.tsx'),
  ]),
  route('orders/:orderId/key-file', 'buyer/key-file.ts'),
  route('orders/:orderId/receipts/:seq', 'buyer/receipt.ts'),
  route('*', 'not-found.tsx'),
] satisfies RouteConfig;
