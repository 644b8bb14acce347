import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract';
import type { catalogContract } from '../src/catalog/contract.ts';
import type { identityContract } from '../src/identity/contract.ts';
import type { rulesContract } from '../src/rules/contract.ts';
import type { storefrontContract } from '../src/inventory/storefront.contract.ts';

// The api as pages see it: contracts only, by the names under which src/app/api.ts puts the domains together.
type Contracts = {
  catalog: typeof catalogContract & typeof storefrontContract;
  identity: typeof identityContract;
  rules: typeof rulesContract;
};

export type Api = ContractRouterClient<Contracts>;
/** What a route answers: `Answers['catalog']['home']`. */
export type Answers = InferContractRouterOutputs<Contracts>;
