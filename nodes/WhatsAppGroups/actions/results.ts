import { NodeApiError } from 'n8n-workflow';
import type { JoinRequestResult, ParticipantResult } from '../model';
import type { Results } from '../contract/operations';
import type { Item } from './item';
import type { Output } from './output';

/** One item per participant or join request, or an error when some failed and the user wants one. */
export function renderResults<T extends JoinRequestResult | ParticipantResult>(
	item: Item,
	results: Results<T>,
): Output[] {
	const failed = results.filter(({ model }) => model.status === 'failed');
	if (failed.length > 0 && item.collection('options').failOnPartialFailure === true) {
		const lines = failed.map(
			({ model }) =>
				`${'joinRequest' in model ? model.joinRequest : model.participant}: ${model.reason ?? 'no reason given'}`,
		);
		throw new NodeApiError(
			item.context.getNode(),
			{},
			{
				message: `${failed.length} of ${results.length} entries failed, the others are done`,
				description: `${lines.join('; ')}. Turn off 'Fail on Partial Failure' under Options to get one item per entry instead.`,
				itemIndex: item.index,
			},
		);
	}
	return results.map((result) => item.render(result, { groupId: item.group() }));
}
