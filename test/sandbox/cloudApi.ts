/** Groups of the number that 360dialog and Meta both have in the sandbox. */
export const purchases = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
export const watches = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjMzOTQzMjA5NjQxNTAZD';
export const testers = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MToxMjAzNjMzNzcwMDQ0MTEyNTAZD';
/** Looks like a group's id, and is none. */
export const unknown = 'Y2FwaV9ncm91cDoxNTU1MDc4Mzg4MTowZD';

export const whatsapp = { messaging_product: 'whatsapp' };

/** An error of WhatsApp's, which Graph and 360dialog give on. */
export const whatsAppError = (code: number, status = 400) => ({
	status,
	data: {
		error: {
			message: expect.stringMatching(`^\\(#${code}\\) `),
			type: 'OAuthException',
			code,
			error_data: { messaging_product: 'whatsapp', details: expect.any(String) },
			fbtrace_id: expect.any(String),
		},
	},
});
