import { byId, stage } from '../../support/sandbox';
import { runWorkflow } from '../../support/workflow';

const { control, setup } = stage('sinch');
const group = '5519900000000-1513616971';

const parameters = {
	resource: 'message',
	operation: 'send',
	group: byId('={{ $json.group }}'),
	text: '={{ $json.text }}',
};
const items = [
	{ group, text: 'one', row: 7 },
	{ group: 'nonsense', text: 'two', row: 8 },
	{ group, text: 'three', row: 9 },
];

describe('items that fail, in a workflow run by n8n-core', () => {
	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'hold the fields of the input, status, error and description (%s)',
		async (onError) => {
			const { regular, errors, failure } = await runWorkflow({
				...setup(parameters),
				items,
				onError,
			});
			const failed = {
				...items[1],
				status: 'failed',
				error: "'Group' is not the ID of a group at Sinch",
				description: expect.stringContaining('Choose the group from the list'),
			};
			const done = [{ groupId: group }, { groupId: group }];
			expect(failure).toBeUndefined();
			if (onError === 'continueErrorOutput') {
				expect(errors.map(({ json }) => json)).toEqual([failed]);
				expect(regular.map(({ json }) => json)).toMatchObject(done);
			} else {
				expect(errors).toEqual([]);
				expect(regular.map(({ json }) => json)).toMatchObject([done[0], failed, done[1]]);
				expect(regular[1].json).toEqual(failed);
			}
		},
	);

	it('say that the outcome is unknown where it is', async () => {
		await control('post', '/faults', { provider: 'sinch', kind: 'dropAfter', method: 'POST' });
		const { errors } = await runWorkflow({
			...setup(parameters),
			items: [items[0]],
			onError: 'continueErrorOutput',
		});
		expect(errors.map(({ json }) => json)).toEqual([
			{
				...items[0],
				status: 'unknown',
				error: 'The connection to the provider broke off: the outcome is unknown',
				description: expect.stringContaining('The message may have been sent all the same'),
			},
		]);
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'are all of them when the node cannot start, instead of passing for done (%s)',
		async (onError) => {
			const wrong = setup(parameters);
			wrong.credentials.whatsAppGroupsSinchApi.baseUrl = 'no address';
			const { regular, errors } = await runWorkflow({ ...wrong, items, onError });
			const failed = onError === 'continueErrorOutput' ? errors : regular;
			expect(failed.map(({ json }) => json)).toMatchObject(
				items.map((item) => ({ ...item, error: "'Base URL' in the credential is not a URL" })),
			);
			expect(onError === 'continueErrorOutput' ? regular : errors).toEqual([]);
		},
	);

	it('end the run when it is not set to continue, and the error says which items were done', async () => {
		const { failure, regular } = await runWorkflow({
			...setup({ ...parameters, options: { concurrency: 1 } }),
			items,
		});
		expect(regular).toEqual([]);
		expect(failure?.message).toBe("'Group' is not the ID of a group at Sinch");
		expect(failure?.description).toMatch(
			/Item 1 of 0 to 2 failed\. Done: item 0\. Nothing more was sent/,
		);
	});

	it('do what the README says of Retry On Fail: the whole run is done again, its writes too', async () => {
		const { failure } = await runWorkflow({
			...setup({ ...parameters, options: { concurrency: 1 } }),
			items: items.slice(0, 2),
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		});
		expect(failure).toBeDefined();
		const requests = (await control('get', '/requests?provider=sinch')) as unknown[];
		expect(requests).toHaveLength(2);
	});

	it('do so with On Error set to Continue too, when the first of them fails', async () => {
		await runWorkflow({
			...setup({ ...parameters, options: { concurrency: 1 } }),
			items: [items[1], items[0]],
			onError: 'continueRegularOutput',
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		});
		const requests = (await control('get', '/requests?provider=sinch')) as unknown[];
		expect(requests).toHaveLength(2);
	});
});
