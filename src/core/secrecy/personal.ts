/** Claims that tell who someone is: of OpenID Connect Core section 5.1, OpenID for Identity Assurance, SCIM and the
 *  providers' own, without `_`, `-` and capitals. An identifier that only its issuer can look up is one of them. */
const claims = new Set(
  [
    'sub subid subject actor actorid oid puid uid userid principal login onpremsid samaccountname employeeid employeenumber',
    'name givenname familyname middlename nickname displayname fullname firstname lastname salutation title alsoknownas',
    'username preferredusername uniquename upn userlogin loginhint identities',
    'emailaddress nameidentifier winaccountname windowsaccountname primarysid altsecid surname',
    'email emails useremail mail verifiedprimaryemail verifiedsecondaryemail phone phonenumber msisdn mobile mobilephone homephone otherphone',
    'address streetaddress postalcode location ipaddr ip zoneinfo locale picture profile website',
    'gender birthdate birthday dateofbirth placeofbirth age birthgivenname birthfamilyname birthmiddlename',
    'nationality nationalities ssn socialsecuritynumber nationalid taxid passportnumber personalnumber',
    'verifiedclaims credentialsubject userclaims',
  ].flatMap((line) => line.split(' ')),
)

/** Longer names are none of these. */
const longest = 200

/** Whether a claim tells who someone is; of a name like `https://api.example/email`, `https://ns/user.email` or
 *  `cognito:username` the end counts. Behind `#` is a language (OpenID Connect Core section 5.2), or the name itself. */
export function isPersonalClaim(name: string): boolean {
  if (name.length > longest) return false
  const parts = name.split('#')
  return [parts[0], parts.at(-1)].some((part = '') => {
    const last = part.split(/[/:.]/).at(-1) ?? ''
    return claims.has(last.toLowerCase().replaceAll(/[-_]/g, ''))
  })
}
