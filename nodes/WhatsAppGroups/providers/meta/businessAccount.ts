import type { Api } from '../../transport/api';
import { path } from '../../transport/connection';

export function businessAccountPath(api: Api): string {
	return path`/${api.setting('businessAccountId', 'WhatsApp Business Account ID')}`;
}
