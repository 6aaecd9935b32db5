// Reading what an administrator types about a territory or a committee. Pure: no database.
#include "territoire/territoire.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace territoire {

namespace contact_detail {

/// 3939, 115, 0 806 706 806 typed as people write them.
bool is_short_number(std::string_view digits)
{
    return digits.size() >= 2 && digits.size() <= 4 &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string line(std::string_view typed, std::size_t longest, const char* field, FormErrors& errors)
{
    auto clean = base::clean_text(base::trim(typed));
    if (!clean || clean->find('\n') != std::string::npos) {
        errors.push_back({field, "Écrivez ce texte sur une seule ligne."});
        return {};
    }
    if (base::length(*clean) > longest)
        errors.push_back(
            {field, "Raccourcissez ce texte : " + std::to_string(longest) + " caractères au plus."});
    return std::move(*clean);
}

} // namespace contact_detail

Contact lire_contact(const ContactSaisi& s, FormErrors& errors)
{
    Contact c;
    const auto phone = base::trim(s.telephone);
    if (!phone.empty()) {
        if (contact_detail::is_short_number(phone))
            c.telephone = phone;
        else if (auto read = base::parse_phone(phone))
            c.telephone = std::move(*read);
        else
            errors.push_back({"telephone",
                              "Donnez un numéro à dix chiffres, par exemple 02 35 00 00 00, ou un numéro "
                              "court."});
    }
    const auto email = base::trim(s.email);
    if (!email.empty()) {
        if (auto read = base::parse_email(email))
            c.email = std::move(*read);
        else
            errors.push_back(
                {"email", "Donnez une adresse électronique complète, par exemple contact@exemple.fr."});
    }
    c.texte = contact_detail::line(s.texte, 200, "texte", errors);
    c.horaires = contact_detail::line(s.horaires, 200, "horaires", errors);
    return c;
}

std::string lire_nom_de_comite(std::string_view typed, const std::vector<Comite>& autres, FormErrors& errors)
{
    auto nom = contact_detail::line(typed, 150, "nom", errors);
    if (nom.empty()) {
        if (errors.empty()) errors.push_back({"nom", "Donnez un nom au comité."});
        return nom;
    }
    const auto same = [&](const Comite& c) { return base::fold(c.nom) == base::fold(nom); };
    if (std::any_of(autres.begin(), autres.end(), same))
        errors.push_back({"nom", "Un comité de ce territoire porte déjà ce nom."});
    return nom;
}

} // namespace territoire
