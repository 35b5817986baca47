package example

import "strconv"

// person is a customer or a user.
type person struct{ name, first, country string }

// newPerson draws a name in one of many scripts and a country, which may be "".
func newPerson(d *dice) person {
	p := person{first: pick(d, firstNames), country: countries[d.few(len(countries))]}
	p.name = p.first + " " + pick(d, lastNames)
	if d.chance(0.02) {
		p.name += ", " + pick(d, []string{"Jr.", "PhD", `"the Boss"`})
	}
	return p
}

var (
	countries  = []string{"US", "DE", "BR", "IN", "JP", "GB", "FR", "MX", "", "KR", "GR", "EG"}
	firstNames = []string{"Ada", "Björn", "Chloé", "Dmitri", "Émile", "Fatima", "Grace", "Hélène", "Иван", "José", "Κώστας",
		"Łucja", "María", "Noor", "Olivia", "Priya", "Quinn", "Şule", "太郎", "Uğur", "Vera", "王芳", "Xiomara", "Yıldız", "Zoë", "민준", "سارة"}
	lastNames = []string{"Andersson", "Brontë", "Çelik", "Dvořák", "Eriksen", "Fernández", "García", "Hopper", "Ivanova", "Jóhannsdóttir",
		"Kowalski", "Lovelace", "Müller", "Nguyễn", "O'Brien", "Pérez", "Quispe", "Rossi", "Silva", "Tanaka", "Ünal", "van der Berg", "Wang", "Зайцева"}
	emoji = []string{"🎉", "📦", "👍", "❤️", "🙏", "☕", "🚀", "👨‍👩‍👧", "🇧🇷"}
)

// decimal spells a number, such as an id.
func decimal(n int64) string { return strconv.FormatInt(n, 10) }

// money spells cents as 12.34.
func money(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	rest := strconv.FormatInt(100+cents%100, 10)[1:]
	return sign + strconv.FormatInt(cents/100, 10) + "." + rest
}
