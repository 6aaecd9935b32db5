// See releve.hpp.
#include "signalement/statistique/releve.hpp"

#include "signalement/statistique/memoire.hpp"
#include "signalement/statistique/store_faits.hpp"

namespace signalement::statistique {

Statistiques relever(App& app, const filtre::Regard& regard, const filtre::Filtre& f, Delai delai)
{
    return app.memoire != nullptr && en_memoire(regard.lecteur, f)
               ? app.memoire->compter(app.db, regard, f, delai)
               : relever_en_base(app.db, regard, f, delai);
}

Statistiques relever_en_base(db::Database& base, const filtre::Regard& regard, const filtre::Filtre& f,
                             Delai delai)
{
    auto tx = base.read();
    Lexiques mots;
    Statistiques out{delai};
    const Crible tout;
    store::lire(tx, regard, f, mots, [&](const Faits& lot) { out.ajouter(lot, tout); });
    return out.nommees(mots);
}

Statistiques relever_un_territoire(App& app, const std::string& territoire, Instant le,
                                   const std::string& fuseau)
{
    static const compte::Agent tous{
        .id = "", .nom = "", .email = "", .mandats = {{compte::Role::SuperAdmin, "", "", "", true}}};
    return relever(app, {tous, le, fuseau}, filtre::Filtre{}.avec(filtre::Cle::Territoire, territoire),
                   Delai::Cloture);
}

} // namespace signalement::statistique
