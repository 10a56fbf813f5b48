import { createHash } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { jpeg } from '../../support/images';
import { failureOf, mappedFields, searchList } from '../../support/n8n';
import { byId, stage } from '../../support/sandbox';

const group = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
const place = { group: byId(group), phoneNumber: byId('106540352242922'), messageType: 'template' };
const mapped = (value: IDataObject | null) =>
	({ mappingMode: 'defineBelow', value }) as unknown as INodeParameters;
const body = (text: string) => ({ type: 'BODY', text });
const buttons = (...list: object[]) => ({ type: 'BUTTONS', buttons: list });

describe.each(['dialog360', 'meta'] as const)('%s: templates', (id) => {
	const { run, fail, seen, setup, control } = stage(id);
	const arrange = async (template: object = {}) =>
		await control('post', `/${id}/templates`, {
			name: 'order_update',
			language: 'en_US',
			category: 'UTILITY',
			components: [body('Hi {{1}}, {{2}} is on its way')],
			...template,
		});
	const order = {
		...place,
		template: byId('order_update|en_US'),
		templateParameters: mapped({ body_1: 'Pablo', body_2: 'Your order' }),
	};
	const picture = { data: jpeg(320, 320), mimeType: 'image/jpeg', fileName: 'a.jpg' };
	const sentBodies = async () =>
		(await seen())
			.filter(({ path }) => path.endsWith('/messages'))
			.map(({ body: sent }) => (sent as IDataObject).template);
	const refused = async (parameters: object) => {
		const error = await fail('message.send', { ...order, ...parameters } as INodeParameters);
		expect((await seen()).filter(({ method }) => method !== 'GET')).toEqual([]);
		return error;
	};

	it('are listed in each language, those alone that a group may get', async () => {
		await arrange();
		await arrange({ language: 'pt_BR' });
		await arrange({ name: 'waiting', status: 'submitted' });
		await arrange({ name: 'rejected', status: 'rejected' });
		await arrange({ name: 'paused', status: 'paused' });
		await arrange({ name: 'code', category: 'AUTHENTICATION' });
		await arrange({ name: 'ask', components: [body('?'), buttons({ type: 'QUICK_REPLY' })] });
		await arrange({
			name: 'visit',
			components: [body('!'), buttons({ type: 'URL', url: 'https://example.com' })],
		});
		await run('template.createInvite', {
			...place,
			templateName: 'invite',
			languageCode: 'en_US',
		});
		const { results } = await searchList(setup({}), 'searchTemplates');
		expect(results).toEqual([
			{ name: 'order_update (en_US)', value: 'order_update|en_US' },
			{ name: 'order_update (pt_BR)', value: 'order_update|pt_BR' },
			{ name: 'visit (en_US)', value: 'visit|en_US' },
		]);
		const found = await searchList(setup({}), 'searchTemplates', ' PT_ ');
		expect(found.results).toMatchObject([{ value: 'order_update|pt_BR' }]);
		const invites = await searchList(setup({}), 'searchInviteTemplates');
		expect(invites.results).toMatchObject([{ value: 'invite|en_US' }]);
	});

	it('are listed to the last page, and found there', async () => {
		for (let i = 0; i < 230; i += 1) await arrange({ name: `t_${i}`, components: [body('Hi')] });
		const { results } = await searchList(setup({}), 'searchTemplates');
		expect(results).toHaveLength(230);
		await run('message.send', { ...place, template: byId('t_229|en_US') });
		expect(await sentBodies()).toMatchObject([{ name: 't_229' }]);
	}, 30_000);

	it.each(['searchTemplates', 'searchInviteTemplates'] as const)(
		'that are none are told with what to do (%s)',
		async (method) => {
			await arrange({ status: 'rejected' });
			const error = await failureOf(searchList(setup({}), method));
			expect(error.message).toMatch(/^There is no (approved )?template/);
			expect(error.description).toMatch(/approved/);
		},
	);

	it('show a field for each gap', async () => {
		await arrange({
			components: [
				{ type: 'HEADER', format: 'TEXT', text: 'For {{1}}' },
				body('{{2}} and {{1}}, again {{2}}'),
				{ type: 'FOOTER', text: 'Bye' },
				buttons({ type: 'PHONE_NUMBER' }, { type: 'URL', url: 'https://example.com/{{1}}' }),
			],
		});
		await arrange({ name: 'named', parameter_format: 'NAMED', components: [body('Hi {{first}}')] });
		const fieldsOf = async (parameters: INodeParameters) =>
			await mappedFields(
				setup({ ...place, resource: 'message', operation: 'send', ...parameters }),
				'getTemplateParameters',
			);
		const { fields } = await fieldsOf({ template: byId('order_update|en_US') });
		expect(fields.map(({ id: key, displayName }) => [key, displayName])).toEqual([
			['header_1', 'Header: 1'],
			['body_1', 'Body: 1'],
			['body_2', 'Body: 2'],
			['button_2_1', 'Button 2: 1'],
		]);
		expect(fields.every(({ required }) => required)).toBe(true);
		const named = await fieldsOf({ template: byId('named'), languageCode: 'en_US' });
		expect(named.fields).toMatchObject([{ id: 'body_first', displayName: 'Body: first' }]);
		expect(await fieldsOf({ template: byId('') })).toMatchObject({ fields: [] });
		expect((await fieldsOf({ template: byId('none|de') })).emptyFieldsNotice).toMatch(/no such/);
	});

	it('are sent with what fills them', async () => {
		await arrange({
			components: [
				{ type: 'HEADER', format: 'TEXT', text: 'For {{1}}' },
				body('Hi {{1}}, {{2}}'),
				buttons({ type: 'PHONE_NUMBER' }, { type: 'URL', url: 'https://example.com/{{1}}' }),
			],
		});
		const value = { header_1: 'You', body_1: 'Pablo', body_2: 2, button_2_1: 'x' };
		const [sent] = await run('message.send', { ...order, templateParameters: mapped(value) });
		expect(sent).toMatchObject({ id: expect.any(String), groupId: group });
		const text = (given: string) => [{ type: 'text', text: given }];
		expect(await sentBodies()).toEqual([
			{
				name: 'order_update',
				language: { code: 'en_US' },
				components: [
					{ type: 'header', parameters: text('You') },
					{ type: 'body', parameters: [...text('Pablo'), ...text('2')] },
					{ type: 'button', sub_type: 'url', index: '1', parameters: text('x') },
				],
			},
		]);
	});

	it('are sent by name and language, with gaps that are named', async () => {
		await arrange({ language: 'de', parameter_format: 'NAMED', components: [body('Hi {{who}}')] });
		await run('message.send', {
			...place,
			template: { ...byId('order_update'), mode: 'name' } as unknown as INodeParameters,
			languageCode: 'de',
			templateParameters: mapped({ body_who: 'Pablo' }),
		});
		expect(await sentBodies()).toMatchObject([
			{
				language: { code: 'de' },
				components: [{ parameters: [{ type: 'text', parameter_name: 'who', text: 'Pablo' }] }],
			},
		]);
	});

	it('are read, and their file uploaded, once for many groups', async () => {
		await arrange({ components: [{ type: 'HEADER', format: 'IMAGE' }, body('Hi {{1}}')] });
		const own = { ...order, templateParameters: mapped({ body_1: '={{ $json.n }}' }) };
		const items = Array.from({ length: 8 }, (_, n) => ({ json: { n }, files: { data: picture } }));
		const sent = await run('message.send', { ...own, headerSource: 'binary' }, { items });
		expect(sent).toHaveLength(8);
		const calls = (await seen()).map(({ path }) => path.split('/').pop());
		expect(calls.filter((call) => call === 'media')).toHaveLength(1);
		expect(calls.filter((call) => call?.endsWith('templates'))).toHaveLength(1);
		const { media } = ((await control('get', '/state')) as Record<string, IDataObject>)[id];
		const sha256 = createHash('sha256').update(picture.data).digest('hex');
		expect(media).toMatchObject([{ sha256 }]);
	});

	it('take the file of their header from the web, with a name', async () => {
		await arrange({ components: [{ type: 'HEADER', format: 'DOCUMENT' }, body('Hi')] });
		const fileUrl = 'https://files.example.com/report';
		await run('message.send', {
			...order,
			templateParameters: mapped(null),
			headerSource: 'url',
			fileUrl,
			additionalFields: { fileName: 'Report.pdf' },
		});
		expect(await sentBodies()).toMatchObject([
			{
				components: [
					{
						type: 'header',
						parameters: [{ type: 'document', document: { link: fileUrl, filename: 'Report.pdf' } }],
					},
				],
			},
		]);
	});

	it.each<[string, object, RegExp]>([
		['is in review', { status: 'submitted' }, /has not approved it/],
		['was rejected', { status: 'rejected' }, /its status is REJECTED/],
		['is paused', { status: 'paused' }, /its status is PAUSED/],
		['is disabled', { status: 'disabled' }, /its status is DISABLED/],
		['is for codes', { category: 'AUTHENTICATION' }, /no authentication templates/],
		[
			'has answers to tap',
			{ components: [body('?'), buttons({ type: 'QUICK_REPLY', text: 'Yes' })] },
			/button of the type QUICK_REPLY/,
		],
		[
			'sells something',
			{ components: [body('!'), buttons({ type: 'CATALOG' })] },
			/button of the type CATALOG/,
		],
		[
			'has cards to swipe',
			{ components: [body('!'), { type: 'CAROUSEL', cards: [] }] },
			/template with CAROUSEL/,
		],
		[
			'has a place as header',
			{ components: [{ type: 'HEADER', format: 'LOCATION' }, body('!')] },
			/header of the format LOCATION/,
		],
	])('are not sent to a group where one %s', async (_, template, reason) => {
		await arrange(template);
		const error = await refused({});
		expect(error.message).toBe("The template in 'Template' cannot be sent to a group");
		expect(error.description).toMatch(reason);
	});

	it('that invite people are not sent to the group itself', async () => {
		await run('template.createInvite', { ...place, templateName: 'invite', languageCode: 'en_US' });
		await control('delete', '/requests');
		const error = await refused({ template: byId('invite|en_US') });
		expect(error.description).toContain('Invite Link: Send');
	});

	it.each<[string, object, RegExp]>([
		['no template', { template: byId('') }, /^'Template' is empty$/],
		[
			'a template from nowhere',
			{ template: byId('={{ null }}') },
			/^The expression in 'Template' gives nothing$/,
		],
		['another name', { template: byId('Order Update|en_US') }, /^'Template' is not the name/],
		['one that is not there', { template: byId('gone|en_US') }, /'Template' does not exist$/],
		['another language', { template: byId('order_update|fr') }, /not exist in this language$/],
		['no parameters', { templateParameters: mapped(null) }, /^'Body: 1' in .* is empty$/],
		[
			'one parameter too few',
			{ templateParameters: mapped({ body_1: 'Pablo', body_2: '' }) },
			/^'Body: 2' in 'Template Parameters' is empty$/,
		],
		[
			'one too many',
			{ templateParameters: mapped({ body_1: 'a', body_2: 'b', body_3: 'c' }) },
			/^'Template Parameters' has one that the template has not$/,
		],
		[
			'an object for a text',
			{ templateParameters: mapped({ body_1: '={{ {a: 1} }}', body_2: 'b' }) },
			/^'Body: 1' in 'Template Parameters' is not a text$/,
		],
		['a file that has no place', { headerSource: 'url', fileUrl: 'x' }, /^'Header File' is given/],
	])('are refused before they are sent: %s', async (_, parameters, message) => {
		await arrange();
		const error = await refused(parameters);
		expect(error.message).toMatch(message);
		expect(error.description).not.toBe('');
	});

	it('need the file of their header, of its kind', async () => {
		await arrange({ components: [{ type: 'HEADER', format: 'VIDEO' }, body('Hi')] });
		const none = await refused({ templateParameters: mapped(null) });
		expect(none.message).toBe("'Header File' is missing");
		const wrong = await refused({
			templateParameters: mapped(null),
			headerSource: 'url',
			fileUrl: 'https://files.example.com/a.jpg',
		});
		expect(wrong.message).toBe("The file at 'URL' is not of a type that can be sent as a video");
	});

	it.each([132000, 132001, 132005, 132007, 132012, 132015, 132016])(
		'are refused by WhatsApp with %s in words that say what to do',
		async (code) => {
			await arrange();
			await control('post', '/faults', {
				provider: id,
				kind: 'answer',
				status: 400,
				body: { error: { code, message: `(#${code}) No` } },
				path: 'messages',
			});
			const error = await fail('message.send', order);
			expect(error.message).toMatch(/template/);
			expect(error.message).not.toMatch(/refused the request/);
			expect((error.context as IDataObject).status).toBe('failed');
		},
	);

	it('that changed after they were read are refused by WhatsApp', async () => {
		await arrange({ status: 'paused' });
		const listed = {
			name: 'order_update',
			language: 'en_US',
			status: 'APPROVED',
			category: 'UTILITY',
			components: [body('Hi {{1}}, {{2}}')],
		};
		await control('post', '/faults', {
			provider: id,
			kind: 'answer',
			status: 200,
			body: { data: [listed], waba_templates: [listed] },
			path: 'templates',
		});
		const error = await fail('message.send', order);
		expect(error.message).toBe('WhatsApp has paused the template');
	});

	it('are not sent where the list cannot be read', async () => {
		await control('post', '/faults', {
			provider: id,
			kind: 'answer',
			status: 200,
			body: { other: 1 },
			path: 'templates',
			times: 'always',
		});
		expect((await refused({})).message).toMatch(/cannot be read/);
	});
});

describe('sinch: templates', () => {
	const { run, fail, seen } = stage('sinch');
	const parameters = {
		group: byId('5519900000000-1513616971'),
		messageType: 'template',
		templateName: 'welcome',
		languageCode: 'pt_BR',
		templateNamespace: 'ns',
	};

	it('are sent by name, with texts in their order', async () => {
		await run('message.send', { ...parameters, bodyParameters: 'Ana\n Monday, 9 am\nAna\n' });
		expect((await seen()).map(({ body: sent }) => sent)).toMatchObject([
			{
				destinations: [{ recipientType: 'group' }],
				message: {
					hsm: {
						namespace: 'ns',
						elementName: 'welcome',
						languageCode: 'pt_BR',
						languagePolicy: 'DETERMINISTIC',
						parameters: ['Ana', 'Monday, 9 am', 'Ana'],
					},
				},
			},
		]);
	});

	it('are sent without any', async () => {
		await run('message.send', parameters);
		expect((await seen())[0].body).toMatchObject({ message: { hsm: { parameters: [] } } });
	});

	it.each<[string, INodeParameters, RegExp]>([
		['a gap without text', { bodyParameters: 'a\n\nb' }, /^'Body Parameters' has an empty line$/],
		['an object', { bodyParameters: '={{ {a: 1} }}' }, /^'Body Parameters' is not a list/],
		['no name', { templateName: ' ' }, /^'Template Name' is empty$/],
		['no namespace', { templateNamespace: '' }, /^'Namespace' is empty$/],
		['no language', { languageCode: '' }, /^'Language Code' is empty$/],
	])('are refused with %s', async (_, more, message) => {
		const error = await fail('message.send', { ...parameters, ...more });
		expect(error.message).toMatch(message);
		expect(await seen()).toEqual([]);
	});
});
