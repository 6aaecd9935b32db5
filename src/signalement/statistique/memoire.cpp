// See memoire.hpp.
#include "signalement/statistique/memoire.hpp"

#include <algorithm>
#include <set>

#include "signalement/store_portee.hpp"

namespace signalement::statistique {

namespace {
namespace tamis {

using filtre::Cle;

/// What facts answer, as SQL does in criteres.cpp: a test holds the two together.
constexpr Cle connus[] = {
    Cle::Region,   Cle::Statut,    Cle::Territoire,   Cle::Comite,     Cle::Commune, Cle::Epci,
    Cle::DeposeDu, Cle::DeposeAu,  Cle::Partenaire,   Cle::Danger,     Cle::Gravite, Cle::Profil,
    Cle::Canal,    Cle::Procedure, Cle::MotifCloture, Cle::MotifRefus, Cle::Cadre,   Cle::SansPosition};

template <class E, std::size_t N>
std::uint32_t bits(const base::Name<E> (&table)[N], const std::vector<std::string>& slugs)
{
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < N; ++i)
        if (std::ranges::find(slugs, table[i].slug) != slugs.end()) out |= std::uint32_t{1} << i;
    return out;
}

std::vector<bool> parmi(const Lexique& lexique, const std::vector<std::string>& textes)
{
    std::vector<bool> out(lexique.size());
    for (const auto& t : textes)
        if (const auto code = lexique.cherche(t); code != Lexique::inconnu) out[code] = true;
    return out;
}

/// Where the reader reads: everywhere, in whole territories, in committees.
struct Reach {
    bool tout = false;
    std::set<std::string> territoires;
    std::vector<std::string> comites;
};

Reach portee(const compte::Agent& agent)
{
    Reach out;
    for (const auto& m : agent.mandats)
        for (const auto& d : droits) {
            if (d.role != m.role || d.action != Action::Lire || !m.confirme) continue;
            if (d.portee == Portee::Tout) out.tout = true;
            if (d.portee == Portee::SonTerritoire) out.territoires.insert(m.territoire);
            if (d.portee == Portee::SonComite && !m.comite.empty()) out.comites.push_back(m.comite);
        }
    return out;
}

/// What stays between services is read as far as the rest.
bool lit_tout_ce_qu_il_lit(const compte::Agent& agent)
{
    return std::ranges::all_of(agent.mandats, [](const compte::Mandat& m) {
        const auto de = [&](Action action) {
            const auto* d = std::ranges::find_if(
                droits, [&](const Droit& x) { return x.role == m.role && x.action == action; });
            return d == std::end(droits) ? std::optional<Portee>{} : std::optional{d->portee};
        };
        return de(Action::Lire) == de(Action::LireTout);
    });
}

/// Facts are kept by territory: a mandate says of which.
bool lieux_connus(const compte::Agent& agent)
{
    return std::ranges::all_of(agent.mandats, [](const compte::Mandat& m) {
        return !m.territoire.empty() || std::ranges::all_of(droits, [&](const Droit& d) {
            return d.role != m.role || d.action != Action::Lire || d.portee == Portee::Tout;
        });
    });
}

} // namespace tamis
} // namespace

bool en_memoire(const compte::Agent& agent, const filtre::Filtre& f)
{
    return signalement::store::portee_simple(agent) && tamis::lit_tout_ce_qu_il_lit(agent) &&
           tamis::lieux_connus(agent) && std::ranges::all_of(f.choisis, [](const auto& choisi) {
               return std::ranges::find(tamis::connus, choisi.first) != std::end(tamis::connus);
           });
}

/// What is asked, and of which places, before any fact is looked at.
struct Memoire::Etendue {
    tamis::Reach reach;
    std::vector<std::string> ou, communes; // none: everywhere
};

std::optional<Memoire::Etendue> Memoire::etendue(db::Database& base, const filtre::Regard& regard,
                                                 const filtre::Filtre& f)
{
    using filtre::Cle;
    Etendue d{.reach = tamis::portee(regard.lecteur), .ou = f.valeurs(Cle::Territoire), .communes = {}};
    // Committees are of one territory each: theirs is not known here, so all of the reader's mandates are.
    if (d.ou.empty() && !d.reach.tout) {
        for (const auto& m : regard.lecteur.mandats)
            if (!m.territoire.empty() && std::ranges::find(d.ou, m.territoire) == d.ou.end())
                d.ou.push_back(m.territoire);
        if (d.ou.empty()) return std::nullopt;
    } else if (!d.ou.empty() && !d.reach.tout) {
        // Asked of a territory where one reads nothing: none, and nothing of it is read.
        std::erase_if(d.ou, [&](const std::string& t) {
            return std::ranges::find(regard.lecteur.mandats, t, &compte::Mandat::territoire) ==
                   regard.lecteur.mandats.end();
        });
        if (d.ou.empty()) return std::nullopt;
    }
    if (f.a(Cle::Region)) {
        auto tx = base.read();
        auto de_la_region = store::territoires_des_regions(tx, f.valeurs(Cle::Region));
        if (!d.ou.empty())
            std::erase_if(de_la_region,
                          [&](const std::string& t) { return std::ranges::find(d.ou, t) == d.ou.end(); });
        d.ou = std::move(de_la_region);
        if (d.ou.empty()) return std::nullopt;
    }
    if (f.a(Cle::Commune) || f.a(Cle::Epci)) {
        auto tx = base.read();
        std::vector<std::string> des_epcis;
        if (f.a(Cle::Commune)) d.communes = store::communes(tx, f.valeurs(Cle::Commune));
        if (f.a(Cle::Epci)) des_epcis = store::communes_des_epcis(tx, f.valeurs(Cle::Epci));
        if (f.a(Cle::Commune) && f.a(Cle::Epci))
            std::erase_if(d.communes, [&](const std::string& c) {
                return std::ranges::find(des_epcis, c) == des_epcis.end();
            });
        else if (f.a(Cle::Epci))
            d.communes = des_epcis;
    }
    return d;
}

Memoire::Retenue Memoire::preparer(const Etendue& d, const filtre::Regard& regard,
                                   const filtre::Filtre& f) const
{
    using filtre::Cle;
    Retenue nouvelle{.question = {},
                     .territoires = d.ou,
                     .partout = d.reach.tout,
                     .entiers = d.reach.territoires,
                     .comites = tamis::parmi(lexiques_.comites, d.reach.comites),
                     .crible = {},
                     .chiffres = Statistiques{}};
    auto& crible = nouvelle.crible;
    if (f.a(Cle::Statut))
        crible.statuts = static_cast<std::uint8_t>(tamis::bits(statuts, f.valeurs(Cle::Statut)));
    if (f.a(Cle::Gravite))
        crible.gravites = static_cast<std::uint8_t>(tamis::bits(desordre::gravites, f.valeurs(Cle::Gravite)));
    if (f.a(Cle::Profil))
        crible.profils = static_cast<std::uint16_t>(tamis::bits(profils, f.valeurs(Cle::Profil)));
    if (f.a(Cle::Canal)) {
        std::uint16_t du_canal = 0;
        for (const auto& v : f.valeurs(Cle::Canal))
            for (const auto& p : profils)
                if (public_de(p.value) ==
                    (v == "professionnel" ? Public::Professionnel : Public::Particulier))
                    du_canal |= static_cast<std::uint16_t>(1U << static_cast<unsigned>(p.value));
        crible.profils &= du_canal;
    }
    if (f.a(Cle::Procedure))
        crible.qualifications =
            static_cast<std::uint16_t>(tamis::bits(desordre::qualifications, f.valeurs(Cle::Procedure)));
    if (f.a(Cle::MotifCloture))
        crible.motifs_cloture = tamis::bits(motifs_cloture, f.valeurs(Cle::MotifCloture));
    if (f.a(Cle::MotifRefus)) crible.motifs_refus = tamis::bits(motifs_refus, f.valeurs(Cle::MotifRefus));
    crible.danger = f.a(Cle::Danger);
    const auto jour = [&](Cle cle, int plus) {
        return filtre::debut_du_jour(base::plus_days(base::parse_date(f.valeurs(cle).front()).value(), plus),
                                     regard.fuseau)
            .ms;
    };
    if (f.a(Cle::DeposeDu)) crible.du = jour(Cle::DeposeDu, 0);
    if (f.a(Cle::DeposeAu)) crible.avant = jour(Cle::DeposeAu, 1);
    if (f.a(Cle::Comite)) crible.comites = tamis::parmi(lexiques_.comites, f.valeurs(Cle::Comite));
    if (f.a(Cle::Commune) || f.a(Cle::Epci)) crible.communes = tamis::parmi(lexiques_.communes, d.communes);
    if (f.a(Cle::Partenaire))
        crible.partenaires = tamis::parmi(lexiques_.partenaires, f.valeurs(Cle::Partenaire));
    crible.sans_position = f.a(Cle::SansPosition);
    if (f.a(Cle::Cadre)) crible.cadre = filtre::lire_cadre(f.valeurs(Cle::Cadre).front());
    return nouvelle;
}

Statistiques Memoire::compter(db::Database& base, const filtre::Regard& regard, const filtre::Filtre& f,
                              Delai delai)
{
    const auto ou = etendue(base, regard, f);
    if (!ou) return Statistiques{delai};
    const auto lecture = suivre_et_tenir(base, ou->ou);

    std::string question = std::string{base::slug_of(delais, delai)} + " " + regard.fuseau;
    for (const auto& [cle, valeur] : filtre::ecrire(f))
        if (cle != "tri") question += " " + cle + "=" + valeur;
    question += ou->reach.tout ? " tout" : "";
    for (const auto& t : ou->reach.territoires) question += " t" + t;
    for (const auto& c : ou->reach.comites) question += " c" + c;
    for (const auto& t : ou->ou) question += " o" + t;
    for (const auto& c : ou->communes) question += " i" + c;
    {
        const std::lock_guard une{retenir_};
        const auto deja = std::ranges::find(retenues_, question, &Retenue::question);
        if (deja != retenues_.end()) {
            deja->derniere_fois = ++fois_;
            return deja->chiffres.nommees(lexiques_);
        }
    }
    auto nouvelle = preparer(*ou, regard, f);
    nouvelle.question = std::move(question);
    nouvelle.chiffres = Statistiques{delai};
    for (const auto& [code, t] : territoires_)
        if (const auto du_territoire = nouvelle.crible_de(code))
            nouvelle.chiffres.ajouter(t.faits, *du_territoire);

    auto out = nouvelle.chiffres.nommees(lexiques_);
    const std::lock_guard une{retenir_};
    nouvelle.derniere_fois = ++fois_;
    if (retenues_.size() == retenues_max)
        retenues_.erase(std::ranges::min_element(retenues_, {}, &Retenue::derniere_fois));
    retenues_.push_back(std::move(nouvelle));
    return out;
}

void Memoire::parcourir(db::Database& base, const filtre::Regard& regard, const filtre::Filtre& f,
                        const std::function<void(const Fait&)>& chacun,
                        const std::function<void(const Lexiques&)>& fin)
{
    const auto ou = etendue(base, regard, f);
    const auto lecture = ou ? suivre_et_tenir(base, ou->ou) : std::shared_lock{acces_};
    if (ou) {
        const auto question = preparer(*ou, regard, f);
        for (const auto& [code, t] : territoires_)
            if (const auto crible = question.crible_de(code))
                for (const auto& fait : t.faits.lignes)
                    if (crible->garde(t.faits, fait)) chacun(fait);
    }
    fin(lexiques_);
}

std::optional<Crible> Memoire::Retenue::crible_de(const std::string& territoire) const
{
    if (!territoires.empty() && std::ranges::find(territoires, territoire) == territoires.end())
        return std::nullopt;
    auto out = crible;
    if (!partout && !entiers.contains(territoire)) out.comites_lus = comites;
    return out;
}

void Memoire::compter_dans_les_retenues(const std::string& territoire, const Faits& faits, const Fait& f,
                                        int poids)
{
    for (auto& r : retenues_)
        if (const auto c = r.crible_de(territoire); c && c->garde(faits, f))
            r.chiffres.ajouter(faits, f, poids);
}

Memoire::Empreinte Memoire::empreinte(std::string_view id)
{
    Empreinte e{1469598103934665603ULL, 7809847782465536322ULL};
    for (const unsigned char c : id) {
        e.a = (e.a ^ c) * 1099511628211ULL;
        e.b = (e.b + c) * 6364136223846793005ULL + 1442695040888963407ULL;
    }
    return e;
}

void Memoire::traduire(Faits& faits, const Lexiques& de)
{
    const auto avant = lexiques_.territoires.size() + lexiques_.comites.size() + lexiques_.communes.size() +
                       lexiques_.partenaires.size();
    const auto table = [](const Lexique& d, Lexique& vers) {
        std::vector<std::uint32_t> codes;
        for (std::uint32_t c = 0; c < d.size(); ++c) codes.push_back(vers.code(d.texte(c)));
        return codes;
    };
    const auto territoires = table(de.territoires, lexiques_.territoires);
    const auto comites = table(de.comites, lexiques_.comites);
    const auto communes = table(de.communes, lexiques_.communes);
    const auto partenaires = table(de.partenaires, lexiques_.partenaires);
    // What was asked knows the words of then only.
    const auto mots = lexiques_.territoires.size() + lexiques_.comites.size() + lexiques_.communes.size() +
                      lexiques_.partenaires.size();
    if (mots != avant) retenues_.clear();
    for (auto& f : faits.lignes) {
        f.territoire = territoires[f.territoire];
        f.comite = comites[f.comite];
        f.commune = communes[f.commune];
    }
    for (auto& c : faits.confies) c.partenaire = partenaires[c.partenaire];
}

void Memoire::poser(const std::string& code, Territoire& t, const Empreinte& id, const Fait& fait,
                    std::span<const Confie> confies)
{
    auto f = fait;
    f.confies = static_cast<std::uint32_t>(t.faits.confies.size());
    t.faits.confies.insert(t.faits.confies.end(), confies.begin(), confies.end());
    const auto [at, nouveau] = t.rang.try_emplace(id, static_cast<std::uint32_t>(t.faits.lignes.size()));
    if (nouveau) {
        t.faits.lignes.push_back(f);
        t.ids.push_back(id);
    } else {
        compter_dans_les_retenues(code, t.faits, t.faits.lignes[at->second], -1);
        t.faits.lignes[at->second] = f;
    }
    compter_dans_les_retenues(code, t.faits, f, 1);
    // What is no longer pointed at is left behind: put together again when it is most of it.
    if (t.faits.confies.size() < 1024 + 8 * t.faits.lignes.size()) return;
    std::vector<Confie> gardes;
    for (auto& l : t.faits.lignes) {
        const auto siens = t.faits.confies_de(l);
        l.confies = static_cast<std::uint32_t>(gardes.size());
        gardes.insert(gardes.end(), siens.begin(), siens.end());
    }
    t.faits.confies = std::move(gardes);
}

void Memoire::retirer(const std::string& code, Territoire& t, const Empreinte& id)
{
    const auto at = t.rang.find(id);
    if (at == t.rang.end()) return;
    const auto rang = at->second;
    compter_dans_les_retenues(code, t.faits, t.faits.lignes[rang], -1);
    t.rang.erase(at);
    if (rang + 1 != t.faits.lignes.size()) {
        t.faits.lignes[rang] = t.faits.lignes.back();
        t.ids[rang] = t.ids.back();
        t.rang[t.ids[rang]] = rang;
    }
    t.faits.lignes.pop_back();
    t.ids.pop_back();
}

void Memoire::appliquer(db::Transaction& tx, const std::vector<store::Mouvement>& bouges)
{
    std::vector<std::string> ids;
    {
        const std::shared_lock lecture{acces_};
        for (const auto& m : bouges)
            if (territoires_.contains(m.territoire) && (ids.empty() || ids.back() != m.signalement))
                ids.push_back(m.signalement);
    }
    constexpr std::size_t ensemble = 500;
    for (std::size_t at = 0; at < ids.size(); at += ensemble) {
        const std::vector<std::string> lot(
            ids.begin() + static_cast<std::ptrdiff_t>(at),
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(at + ensemble, ids.size())));
        Lexiques mots;
        auto lus = store::faits_de(tx, lot, mots);
        const std::unique_lock ecriture{acces_};
        traduire(lus.faits, mots);
        const std::set<std::string_view> dedans(lot.begin(), lot.end());
        for (const auto& m : bouges) // gone, or gone elsewhere
            if (const auto t = territoires_.find(m.territoire);
                t != territoires_.end() && dedans.contains(m.signalement))
                retirer(t->first, t->second, empreinte(m.signalement));
        for (std::size_t i = 0; i < lus.ids.size(); ++i) {
            const auto& f = lus.faits.lignes[i];
            if (const auto t = territoires_.find(lexiques_.territoires.texte(f.territoire));
                t != territoires_.end())
                poser(t->first, t->second, empreinte(lus.ids[i]), f, lus.faits.confies_de(f));
        }
    }
}

std::shared_lock<std::shared_mutex> Memoire::suivre_et_tenir(db::Database& base,
                                                             const std::vector<std::string>& voulus)
{
    for (;;) {
        const auto oublis = suivre(base, voulus);
        std::shared_lock lecture{acces_};
        // Somebody else may have found meanwhile that everything must be read again, and has not done it yet.
        if (oublis_ == oublis) return lecture;
    }
}

std::uint64_t Memoire::suivre(db::Database& base, const std::vector<std::string>& voulus)
{
    const std::lock_guard tour{suite_};
    auto tx = base.read();
    auto marque = marque_;
    const auto bouges = store::mouvements(tx, marque);
    if (!bouges || !commencee_) {
        const std::unique_lock ecriture{acces_};
        retenues_.clear();
        territoires_.clear();
        ++oublis_;
    } else if (!bouges->empty()) {
        appliquer(tx, *bouges);
    }
    marque_ = marque;
    commencee_ = true;
    std::vector<std::string> a_lire;
    {
        const std::shared_lock lecture{acces_};
        for (const auto& t : voulus.empty() ? store::territoires(tx) : voulus)
            if (!territoires_.contains(t)) a_lire.push_back(t);
    }
    // A code that somebody typed and where nobody ever reported anything is nothing to hold.
    if (!voulus.empty() && !a_lire.empty()) {
        const auto connus = store::territoires(tx);
        std::erase_if(a_lire,
                      [&](const std::string& t) { return std::ranges::find(connus, t) == connus.end(); });
    }
    for (const auto& code : a_lire) {
        Lexiques mots;
        auto lus = store::faits_du_territoire(tx, code, mots);
        Territoire t;
        t.faits = std::move(lus.faits);
        t.faits.lignes.shrink_to_fit();
        t.faits.confies.shrink_to_fit();
        t.ids.reserve(lus.ids.size());
        t.rang.reserve(lus.ids.size());
        for (const auto& id : lus.ids) {
            t.rang.emplace(empreinte(id), static_cast<std::uint32_t>(t.ids.size()));
            t.ids.push_back(empreinte(id));
        }
        const std::unique_lock ecriture{acces_};
        traduire(t.faits, mots);
        retenues_.clear();
        territoires_.insert_or_assign(code, std::move(t));
    }
    return oublis_;
}

void Memoire::tout_lire(db::Database& base, const std::stop_token& arret)
{
    std::vector<std::string> tous;
    {
        auto tx = base.read();
        tous = store::territoires(tx);
    }
    for (const auto& t : tous) {
        if (arret.stop_requested()) return;
        suivre(base, {t});
    }
}

std::size_t Memoire::taille() const
{
    const std::shared_lock lecture{acces_};
    std::size_t n = 0;
    for (const auto& [code, t] : territoires_) n += t.faits.lignes.size();
    return n;
}

} // namespace signalement::statistique
