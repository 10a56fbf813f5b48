import type { Answer, OnGroup, SendInvite } from '../contract/operations';
import type { InviteLink } from '../model';
import type { Api } from '../transport/api';

/** The user's words with the link of the group, which is read once per run. */
export async function inviteText(
	api: Api,
	{ group, text = '' }: SendInvite,
	getLink: (api: Api, input: OnGroup) => Promise<Answer<InviteLink>>,
): Promise<string> {
	const { model } = await api.oncePerRun(`invite link ${group}`, async () => {
		return await getLink(api, { group });
	});
	return text.replaceAll('{link}', () => model.link);
}
