// What an applicant reads of the candidatures of a demande, loaded whole: « Ma demande » shows it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.hpp"
#include "demande/candidature/candidature.hpp"
#include "demande/cycle.hpp"
#include "ui/components.hpp"

namespace demande::candidature {

struct Suivi {
    std::string candidature;
    std::string logement; // « T3 de 62 m² à Rouen »
    std::string cout, bailleur;
    std::string adresse; // once a visit or an offer gives it
    std::string etat;    // one sentence or two
    bool ouverte = true;
    /// How far it is: designated, before a commission, towards a lease.
    Evenement stade = Evenement::Designation;
    bool a_repondre = false; // yes or no is expected
    std::optional<Date> repondre_avant;
    struct Etape {
        Instant le;
        std::string phrase;
    };
    std::vector<Etape> histoire; // oldest first
};
/// The candidatures of a demande in plain French, those still open first. The caller knows that the reader
/// may read this demande.
std::vector<Suivi> suivis(db::Transaction&, const std::string& demande);

namespace views {
/// The same on a page, under headings of `level`; `repondre`: the address of the page of an answer, from the
/// id of a candidature (none: no such page).
void montrer_suivis(ui::Html&, const std::vector<Suivi>&, std::string_view fuseau, int level,
                    const std::function<ui::Url(const std::string&)>& repondre = {});
} // namespace views

} // namespace demande::candidature
