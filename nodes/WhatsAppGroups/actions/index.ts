import type { OperationKey } from '../contract/operations';
import { group } from './group';
import { groupPicture } from './groupPicture';
import { groupSetting } from './groupSetting';
import { inviteLink } from './inviteLink';
import { joinRequest } from './joinRequest';
import { message } from './message';
import type { Operation, Resource } from './operation';
import { participant } from './participant';
import { template } from './template';

/** Every resource, as the editor lists them. */
export const resources: readonly Resource[] = [
	group,
	groupPicture,
	groupSetting,
	inviteLink,
	joinRequest,
	message,
	participant,
	template,
];

const operations = new Map<OperationKey, Operation>(
	resources.flatMap((resource) =>
		resource.operations.map((operation) => [operation.key, operation]),
	),
);

export function operationOf(key: OperationKey): Operation | undefined {
	return operations.get(key);
}
