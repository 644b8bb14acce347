export const rulesRoutes = {};
